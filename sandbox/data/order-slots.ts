import { randomFor } from './random.ts';

/** How many orders are spread over how many customers. */
export interface SlotOptions {
  readonly contacts: number;
  readonly deals: number;
  readonly seed: number;
}

export const MINUTES_PER_DAY = 24 * 60;
/** How far back a generated world goes. */
export const SPAN_DAYS = 730;
const SPAN_MINUTES = SPAN_DAYS * MINUTES_PER_DAY;
/** A slot is `minute × BUYER_RADIX + buyer`: exact in a double, and sorts by time. */
const BUYER_RADIX = 2 ** 21;
const BUYER_SHARE = 0.85;
const MEAN_LIFETIME_MINUTES = 240 * MINUTES_PER_DAY;
/** Spread of the log-normal buying rates: about two buyers in five never come back. */
const RATE_SIGMA = 1.6;
const OPENS_AT = 8 * 60;
const OPEN_MINUTES = 11 * 60;

/** The minute in which a slot's order is placed, counted from the world's start. */
export function placedMinute(slot: number): number {
  return Math.floor(slot / BUYER_RADIX);
}

/** The index of the customer who placed a slot's order. */
export function buyerOf(slot: number): number {
  return slot % BUYER_RADIX;
}

/** When a customer became known: ascending with the index. Who buys, buys then for the first time. */
export function signUpMinute(index: number, options: SlotOptions): number {
  return openingHours(signUp(index, options));
}

/** One number an order, ascending by time: exactly `deals` of them. */
export function orderSlots(options: SlotOptions): Float64Array {
  refuseImpossible(options);
  const slots = new Float64Array(options.deals);
  let filled = 0;
  for (const [buyer, count] of orderCounts(options).entries()) {
    const random = randomFor(options.seed, 'orders', buyer);
    const since = signUp(buyer, options);
    const lifetime = -Math.log(1 - random.next()) * MEAN_LIFETIME_MINUTES;
    const active = Math.min(lifetime, SPAN_MINUTES - since);
    for (let order = 0; order < count; order += 1) {
      const minute = order === 0 ? since : since + random.next() * active;
      slots[filled] = openingHours(minute) * BUYER_RADIX + buyer;
      filled += 1;
    }
  }
  return slots.sort();
}

/**
 * Orders of each customer. First orders go to a sample of the customers, the rest by log-normal
 * weights; what rounding leaves over is carried to the next, so that the sum is exact.
 */
function orderCounts(options: SlotOptions): Uint32Array {
  const { contacts, deals } = options;
  const buyers = Math.min(deals, Math.ceil(contacts * BUYER_SHARE));
  const rates = buyingRates(options, buyers);
  const total = rates.reduce((sum, rate) => sum + rate, 0);
  const counts = new Uint32Array(contacts);
  let passed = 0;
  let given = 0;
  for (const [customer, rate] of rates.entries()) {
    if (rate === 0) continue;
    passed += rate;
    const repeats = Math.floor((deals - buyers) * (passed / total)) - given;
    given += repeats;
    counts[customer] = 1 + repeats;
  }
  return counts;
}

/** Zero for who never buys. Draws exactly `buyers` of the customers (Knuth's algorithm S). */
function buyingRates({ contacts, seed }: SlotOptions, buyers: number): Float64Array {
  const chance = randomFor(seed, 'buyers');
  const rates = new Float64Array(contacts);
  let wanted = buyers;
  for (let customer = 0; customer < contacts; customer += 1) {
    if (chance.next() * (contacts - customer) >= wanted) continue;
    wanted -= 1;
    rates[customer] = Math.exp(RATE_SIGMA * randomFor(seed, 'rate', customer).normal());
  }
  return rates;
}

function signUp(index: number, { contacts, seed }: SlotOptions): number {
  const jitter = randomFor(seed, 'sign-up', index).next();
  return ((index + jitter) / contacts) * SPAN_MINUTES;
}

/** Squeezes the day into opening hours, which keeps the order of times, and avoids clock changes. */
function openingHours(minute: number): number {
  const day = Math.floor(minute / MINUTES_PER_DAY);
  const open = ((minute % MINUTES_PER_DAY) / MINUTES_PER_DAY) * OPEN_MINUTES;
  return day * MINUTES_PER_DAY + OPENS_AT + Math.floor(open);
}

function refuseImpossible({ contacts, deals }: SlotOptions): void {
  if (contacts > BUYER_RADIX) throw new RangeError(`at most ${BUYER_RADIX} contacts`);
  if (contacts === 0 && deals > 0) throw new RangeError('deals need at least one contact');
}
