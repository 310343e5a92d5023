import { localTime, minutesAfter } from './local-time.ts';
import { randomFor, wholeNumber } from './random.ts';
import type { World, WorldOrder } from './world.ts';

/** A day on which some customers come back. */
export interface PurchaseOptions {
  /** ISO date: the day, in the world's time zone, on which they buy. */
  readonly day: string;
  /** The share of all customers who buy, each once. 0.02 is two in a hundred. */
  readonly share: number;
  readonly seed: number;
}

const OPENS_AT = 9 * 60;
const CLOSES_AT = 17 * 60;
const MEDIAN_MINOR = 6_000;

/**
 * One new order for each of a seeded sample of the customers: `customers × share` of them, rounded.
 * Another seed draws other customers; another day also gives other invoice numbers.
 */
export function* purchasesOn(world: World, options: PurchaseOptions): Generator<WorldOrder> {
  const { day, share, seed } = options;
  const toInstant = localTime(world.timeZone);
  const chance = randomFor(seed, 'buys on', day);
  let wanted = Math.round(world.customerCount * share);
  let left = world.customerCount;
  for (const { externalId } of world.customers) {
    // Knuth's algorithm S: every sample of the wanted size is as likely as any other.
    const buys = chance.next() * left < wanted;
    left -= 1;
    if (!buys) continue;
    wanted -= 1;
    const random = randomFor(seed, 'purchase', day, externalId);
    yield {
      externalId: `${day}-${externalId}`,
      customerId: externalId,
      placedAt: toInstant(minutesAfter(day, wholeNumber(random, OPENS_AT, CLOSES_AT))),
      amount: (Math.round(MEDIAN_MINOR * Math.exp(random.normal())) / 100).toFixed(2),
      dueOn: null,
      paidOn: null,
      discount: null,
      products: null,
    };
  }
}
