import type { ClassResult } from '../../domain/result.ts';
import type { CustomerDay } from '../customer-day.ts';
import { madeOn } from './made-on.ts';

/** How often the customer bought in the window, a year [D3]; who never bought is potential. */
export function frequencyClassOf(day: CustomerDay): ClassResult {
  const { signals, policy } = day;
  const { windowMonths, frequency } = policy;
  const orders = signals.ordersInWindow;
  const known = { orders, windowMonths, highPerYear: frequency.highPerYear };
  if (signals.orders === 0) {
    const since = madeOn(day);
    return { key: 'potential', since, code: 'frequency_class.no_order', facts: known };
  }
  const high = orders * 12 >= frequency.highPerYear * windowMonths;
  return {
    key: high ? 'high' : 'low',
    since: null,
    code: high ? 'frequency_class.often' : 'frequency_class.seldom',
    facts: known,
  };
}
