import type { Cells } from './cells.ts';
import type { NbdParams } from './nbd-params.ts';
import { type TimeUnit, unitsPerYear } from './time-unit.ts';

/** A likelihood says nothing of fewer customers, or of fewer who came back. */
const LEAST_CUSTOMERS = 30;
const LEAST_REPEAT_BUYERS = 3;

/** Why these customers cannot be fitted; `null` when they can. */
export function tooLittle({ x, count }: Cells): string | null {
  const customers = count.reduce((sum, weight) => sum + weight, 0);
  const repeat = count.reduce((sum, weight, cell) => sum + ((x[cell] ?? 0) > 0 ? weight : 0), 0);
  if (customers < LEAST_CUSTOMERS) return `too few customers (${customers})`;
  if (repeat === 0) return 'nobody ordered again';
  if (repeat < LEAST_REPEAT_BUYERS) return `too few customers ordered again (${repeat})`;
  return null;
}

/**
 * Parameters without a fit: everybody's rate is about that of all customers together (half an order
 * a year added, so that it is never 0 and never unknown), and one in five leaves after an order. The
 * spread of both is assumed.
 */
export function fallbackParams({ x, T, count }: Cells, unit: TimeUnit): NbdParams {
  let [orders, time] = [0.5, unitsPerYear(unit)];
  for (const [cell, weight] of count.entries()) {
    orders += weight * (x[cell] ?? 0);
    time += weight * (T[cell] ?? 0);
  }
  return { r: 1, alpha: time / orders, a: 1, b: 4 };
}
