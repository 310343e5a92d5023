import { parseArgs } from 'node:util';
import { loadPolicy } from '../src/config/load-policy.ts';
import { dayNumber, dayText, monthNumber } from '../src/domain/day.ts';
import type { CustomerHistory } from '../src/domain/history.ts';
import type { CutPoints } from '../src/policy/cut-points.ts';
import type { Policy } from '../src/policy/schema.ts';
import { BaseColumns } from '../src/score/base-columns.ts';
import { findCutPoints } from '../src/score/cut-points.ts';
import { signalsAt } from '../src/score/signals.ts';
import { holdReport } from '../src/score/tiers/hold-report.ts';
import { Timeline } from '../src/score/timeline.ts';
import { noisyHistories } from './hold/noisy-histories.ts';

/**
 * How often tiers move in two years of daily scoring when nothing but chance happens: held still as the
 * policy says, and not held; with cut points renewed each month, and with frozen ones. The last line is
 * one JSON document.
 */
const { values } = parseArgs({
  options: {
    customers: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    policy: { type: 'string', default: 'config/policy.yaml' },
  },
});

const START = dayNumber('2024-01-01') ?? 0;
const DAYS = 731;
const coverage = {
  ...{ referrals: false, events: false, dues: false, feedback: false },
  ...{ discounts: false, products: false, birthdays: false },
};
const customers = Number(values.customers);
const seed = Number(values.seed);
const policy = loadPolicy(values.policy, process.cwd());
const histories = noisyHistories(customers, seed, { from: START - 1_000, to: START + DAYS });
const days = Array.from({ length: DAYS }, (_, at) => START + at);

const monthly = cutsByMonth(histories, policy);
const first = monthly.get(monthNumber(dayText(START)));
const renewed = holdReport(histories, days, (day) => ({
  policy,
  cuts: monthly.get(monthNumber(dayText(day))) ?? unfound(),
}));
const frozen = holdReport(histories, days, () => ({ policy, cuts: first ?? unfound() }));
const report = { seed, hold: policy.tiers.hold, renewedMonthly: renewed, frozen };
console.info(JSON.stringify(report));

function cutsByMonth(
  of: readonly CustomerHistory[],
  rules: Policy,
): ReadonlyMap<number, CutPoints> {
  const found = new Map<number, CutPoints>();
  for (const day of days) {
    const month = monthNumber(dayText(day));
    if (!found.has(month)) found.set(month, cutsOn(day, of, rules));
  }
  return found;
}

function cutsOn(day: number, of: readonly CustomerHistory[], rules: Policy): CutPoints {
  const base = new BaseColumns({ policy: rules, homeCurrency: 'EUR', coverage });
  for (const history of of) {
    const timeline = new Timeline(history, rules.purchase);
    const frame = { windowMonths: rules.windowMonths, dues: false };
    base.add(signalsAt(timeline, dayText(day), frame), timeline);
  }
  return findCutPoints(base, dayText(day));
}

function unfound(): never {
  throw new RangeError('Every month has cut points');
}
