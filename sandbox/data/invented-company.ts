import { pick, randomFor, wholeNumber } from './random.ts';

/** A firm that some customers work for. All of it is made up; none of the data sets knows firms. */
export interface InventedCompany {
  readonly externalId: string;
  readonly name: string;
  /** Under `example.com`, so that nobody owns it. */
  readonly domain: string;
  readonly industry: string;
}

const SEED = 19_790_504;
const CUSTOMERS_PER_COMPANY = 3;
export const TRADES = [
  'Candles',
  'Curios',
  'Gifts',
  'Kites',
  'Lanterns',
  'Teapots',
  'Trinkets',
] as const;
const FORMS = ['& Daughters', '& Sons', 'Emporium', 'Ltd', 'Society', 'Works'] as const;

/** Which firm a customer works for: about three to a firm, by chance, whatever their country. */
export function companyOf(customerId: string, customerCount: number): InventedCompany {
  const firms = Math.max(1, Math.ceil(customerCount / CUSTOMERS_PER_COMPANY));
  const number = wholeNumber(randomFor(SEED, 'employer', customerId), 1, firms);
  const random = randomFor(SEED, 'company', number);
  const industry = pick(random, TRADES);
  return {
    externalId: `F${number}`,
    name: `${industry} No. ${number} ${pick(random, FORMS)}`,
    domain: `firm-${number}.example.com`,
    industry,
  };
}
