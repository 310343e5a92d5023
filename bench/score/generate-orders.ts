import { closeSync, openSync, writeSync } from 'node:fs';
import { dayText } from '../../src/domain/day.ts';
import { seededRandom } from './seeded-random.ts';

/** Days that the orders are spread over: two years, the last one `LAST_DAY`. */
const SPAN = 730;
export const LAST_DAY = 15_339;

type Size = { readonly customers: number; readonly orders: number; readonly seed: number };

/**
 * Writes `customer_id,date,amount` of so many customers and orders, in no order. Customers join over
 * the two years, order at rates that vary widely (Gamma), and leave after a while; each orders at
 * least once. Amounts vary within and between customers.
 */
export function generateOrders(file: string, { customers, orders, seed }: Size): void {
  const random = seededRandom(seed);
  const people = drawPeople(customers, random);
  const days = Array.from({ length: SPAN }, (_, at) => dayText(LAST_DAY - SPAN + 1 + at));
  const stride = strideOf(orders);
  const handle = openSync(file, 'w');
  let text = 'customer_id,date,amount\n';
  for (let row = 0; row < orders; row += 1) {
    const place = (row * stride) % orders;
    const who = place < customers ? place : pick(people.upTo, random());
    const [from, to] = [people.from[who] ?? 0, people.to[who] ?? 0];
    const day = place < customers ? from : from + Math.floor(random() * (to - from + 1));
    const amount = (people.amount[who] ?? 1) * (0.25 + 1.5 * random());
    text += `${who + 1},${days[day]},${amount.toFixed(2)}\n`;
    if (text.length < 1 << 20) continue;
    writeSync(handle, text);
    text = '';
  }
  writeSync(handle, text);
  closeSync(handle);
}

/** Near the golden section, without a common divisor: steps of it reach every row once, in no order. */
function strideOf(rows: number): number {
  let stride = Math.max(1, Math.floor(rows * 0.618));
  while (greatestDivisor(stride, rows) !== 1) stride += 1;
  return stride;
}

function greatestDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestDivisor(other, one % other);
}

function drawPeople(customers: number, random: () => number) {
  const people = {
    from: new Uint16Array(customers),
    to: new Uint16Array(customers),
    amount: new Float64Array(customers),
    /** Running totals of the share of orders that each makes. */
    upTo: new Float64Array(customers),
  };
  let total = 0;
  for (let who = 0; who < customers; who += 1) {
    const from = Math.floor(random() * SPAN);
    const stays = -Math.log(1 - random()) * 400;
    const to = Math.min(SPAN - 1, Math.floor(from + stays));
    const rate = -Math.log(1 - random());
    people.from[who] = from;
    people.to[who] = to;
    people.amount[who] = Math.exp(3.5 + 0.7 * (random() + random() + random() - 1.5) * 2);
    total += rate * (to - from + 1);
    people.upTo[who] = total;
  }
  for (let who = 0; who < customers; who += 1) people.upTo[who] = (people.upTo[who] ?? 0) / total;
  return people;
}

/** The first place whose running total is above `share`. */
function pick(upTo: Float64Array, share: number): number {
  let [low, high] = [0, upTo.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((upTo[middle] ?? 0) > share) high = middle;
    else low = middle + 1;
  }
  return low;
}
