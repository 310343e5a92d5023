import type { Random } from '../kit/random.ts';
import { pick, wholeNumber } from './random.ts';
import type { WorldOrder } from './world.ts';

/** What was in an order, and what was taken off its price. */
export type InventedBasket = Pick<WorldOrder, 'discount' | 'products'>;

/** What one buyer is like: drawn once a customer. */
export interface Taste {
  readonly favourite: string;
  /** Buys mostly what is reduced. */
  readonly bargains: boolean;
}

const FAMILIES = [
  ...['Candles', 'Curios', 'Gift wrap', 'Kites', 'Lanterns', 'Mugs', 'Teapots', 'Trinkets'],
] as const;
const UNKNOWN: InventedBasket = { discount: null, products: null };
const UNKNOWN_SHARE = 0.25;
const BARGAIN_HUNTERS = 0.2;
const NOW_AND_THEN = 0.1;
const FAVOURITE_SHARE = 0.6;
const MOST_FAMILIES = 3;

export function inventTaste(random: Random): Taste {
  return { favourite: family(random), bargains: random.next() < BARGAIN_HUNTERS };
}

/** Of some orders nobody knows; a cancellation names its goods and no discount. */
export function inventBasket(minor: number, taste: Taste, random: Random): InventedBasket {
  if (random.next() < UNKNOWN_SHARE) return UNKNOWN;
  const picked = Array.from({ length: wholeNumber(random, 1, MOST_FAMILIES) }, () =>
    random.next() < FAVOURITE_SHARE ? taste.favourite : family(random),
  );
  const products = [...new Set(picked)];
  if (minor <= 0) return { discount: null, products };
  const isReduced = random.next() < (taste.bargains ? 1 - NOW_AND_THEN : NOW_AND_THEN);
  const percent = isReduced ? wholeNumber(random, 5, 35) : 0;
  const taken = Math.round((minor * percent) / (100 - percent));
  return { discount: (taken / 100).toFixed(2), products };
}

function family(random: Random): string {
  return pick(random, FAMILIES);
}
