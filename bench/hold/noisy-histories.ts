import type { CustomerHistory, Sale } from '../../src/domain/history.ts';
import { seededRandom } from '../score/seeded-random.ts';

/** What noisy customers are drawn over: days since 1970, the last included. */
export type Span = { readonly from: number; readonly to: number };

/**
 * Customers whose worth does not change, but whose buying is noisy: each has a rate of its own, from
 * some orders a month to one in two years, waits that vary by chance, and amounts that vary by a factor
 * of three. Whoever moves between tiers here does so by noise and by the season of nothing else.
 */
export function noisyHistories(customers: number, seed: number, span: Span) {
  const random = seededRandom(seed);
  return Array.from({ length: customers }, (_, at) => noisyHistory(String(at), random, span));
}

function noisyHistory(customerId: string, random: () => number, { from, to }: Span) {
  const meanGap = 12 * 60 ** random();
  const mean = 3_000 * 30 ** random();
  const sales: Sale[] = [];
  for (let day = from - Math.log(1 - random()) * meanGap; day <= to; ) {
    const minor = Math.round(mean * 3 ** (2 * random() - 1));
    sales.push({ day: Math.floor(day), minor, reference: `${customerId}-${sales.length}` });
    day += 1 - Math.log(1 - random()) * meanGap;
  }
  return { ...nothingElse, customerId, sales } satisfies CustomerHistory;
}

const nothingElse = {
  currency: 'EUR',
  problems: {},
  createdOn: null,
  birthMonth: null,
  referrals: null,
  referralsBought: null,
  eventsInvited: null,
  eventsAttended: null,
  feedback: null,
  attributes: {},
  quality: { completeness: 100, problems: [] },
  named: null,
  overrides: [],
  optedOut: false,
} as const;
