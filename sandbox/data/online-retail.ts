import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Random } from '../kit/random.ts';
import { inventLateShare, inventPayment } from './invented-payment.ts';
import { inventPerson } from './invented-person.ts';
import { inventContact } from './invented-profile.ts';
import { dayOf, localTime, type ToInstant } from './local-time.ts';
import { randomFor, wholeNumber } from './random.ts';
import type { World, WorldCustomer, WorldOrder } from './world.ts';

const FILE = new URL('online-retail-invoices.csv', import.meta.url);
const HEADER = 'invoice,date,customer_id,country,lines,quantity,amount';
const TIME_ZONE = 'Europe/London';
/** The day of the last invoice. */
const LAST_DAY = '2011-12-09';
const SEED = 20_101_201;
const REFERRED_SHARE = 0.15;
const COUNTRY_UNKNOWN = 'Unspecified';

const invoiceRow = z.tuple([
  z.string().regex(/^[AC]?\d{6}$/),
  z.iso.datetime({ local: true }),
  z.string().regex(/^\d*$/),
  z.string().min(1),
  z.string().regex(/^\d+$/),
  z.string().regex(/^-?\d+$/),
  z.string().regex(/^-?\d+\.\d{2}$/),
]);
type InvoiceRow = z.infer<typeof invoiceRow>;

interface Buyer {
  readonly externalId: string;
  readonly country: string;
  readonly since: string;
}

/**
 * The real orders of a UK gift retailer, 2010-12-01 to 2011-12-09 (UCI Online Retail; source,
 * licence and what is invented: README.md beside this file). 4,372 customers, 25,900 invoices.
 * Always the same: what is invented comes from a fixed seed.
 */
export function onlineRetail(): World {
  const rows = readRows();
  const buyers = buyersOf(rows);
  const toInstant = localTime(TIME_ZONE);
  const customers = buyers.map((buyer, index) => customer(buyer, index, buyers, toInstant));
  const orders = rows.map((row) => order(row, toInstant));
  return {
    currency: 'GBP',
    timeZone: TIME_ZONE,
    customerCount: customers.length,
    orderCount: orders.length,
    customers,
    orders,
  };
}

function readRows(): readonly InvoiceRow[] {
  const [header, ...lines] = readFileSync(FILE, 'utf8').trimEnd().split('\n');
  if (header !== HEADER) throw new Error(`${FILE.pathname}: unexpected columns "${header}"`);
  return lines.map((line) => invoiceRow.parse(line.split(',')));
}

/** In the order of their first invoice. Eight moved country: the latest one holds. */
function buyersOf(rows: readonly InvoiceRow[]): readonly Buyer[] {
  const buyers = new Map<string, Buyer>();
  for (const [, since, externalId, country] of rows) {
    if (externalId === '') continue;
    buyers.set(externalId, { externalId, country, since: buyers.get(externalId)?.since ?? since });
  }
  return [...buyers.values()];
}

function customer(
  { externalId, country, since }: Buyer,
  index: number,
  buyers: readonly Buyer[],
  toInstant: ToInstant,
): WorldCustomer {
  const random = randomFor(SEED, 'customer', externalId);
  return {
    externalId,
    ...inventPerson(externalId, random),
    ...inventContact(externalId, randomFor(SEED, 'profile', externalId)),
    feedback: null,
    optedOut: false,
    country: country === COUNTRY_UNKNOWN ? null : country,
    referredBy: inventReferral(index, buyers, random),
    createdAt: toInstant(since),
  };
}

/** Someone whose first invoice came earlier, or nobody. */
function inventReferral(index: number, buyers: readonly Buyer[], random: Random): string | null {
  if (index === 0 || random.next() >= REFERRED_SHARE) return null;
  return buyers[wholeNumber(random, 0, index - 1)]?.externalId ?? null;
}

function order(
  [externalId, local, customerId, , , , amount]: InvoiceRow,
  toInstant: ToInstant,
): WorldOrder {
  const random = randomFor(SEED, 'order', externalId);
  const lateShare = inventLateShare(randomFor(SEED, 'payer', customerId));
  const minor = Math.round(Number(amount) * 100);
  return {
    externalId,
    customerId: customerId === '' ? null : customerId,
    placedAt: toInstant(local),
    amount,
    ...inventPayment({ day: dayOf(local), minor, until: LAST_DAY, lateShare }, random),
    discount: null,
    products: null,
  };
}
