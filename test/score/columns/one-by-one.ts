import { dayText } from '../../../src/domain/day.ts';
import type { CustomerHistory } from '../../../src/domain/history.ts';
import type { Policy } from '../../../src/policy/schema.ts';
import { BaseColumns } from '../../../src/score/base-columns.ts';
import { basicScoreOf } from '../../../src/score/basic-score.ts';
import { findCutPoints } from '../../../src/score/cut-points.ts';
import { signalsAt } from '../../../src/score/signals.ts';
import { Timeline } from '../../../src/score/timeline.ts';
import { nothingKnown } from '../builders.ts';
import type { Row } from './orders-text.ts';

/** Every customer of these rows scored as in a CRM where nothing but deals is known. */
export function scoredOneByOne(rows: readonly Row[], policy: Policy, asOf: number) {
  const base = new BaseColumns({ policy, homeCurrency: '', coverage: nothingKnown });
  const customers = [...Map.groupBy(rows, ({ customer }) => customer)].map(([id, own]) => {
    const timeline = new Timeline(historyOf(id, own), policy.purchase);
    const frame = { windowMonths: policy.windowMonths, dues: false };
    return { timeline, signals: signalsAt(timeline, dayText(asOf), frame) };
  });
  for (const { signals, timeline } of customers) base.add(signals, timeline);
  const cuts = findCutPoints(base, dayText(asOf));
  const scored = customers.map(({ signals }) => {
    const { rfm, value, loyalty, tier } = basicScoreOf(signals, cuts, policy);
    return {
      customer: signals.customerId,
      orders: signals.orders,
      ordersInWindow: signals.ordersInWindow,
      firstOrderOn: signals.firstOrderOn,
      lastOrderOn: signals.lastOrderOn,
      netEver: signals.netEver,
      netInWindow: signals.netInWindow,
      rfm,
      value: value?.score ?? null,
      loyalty: loyalty?.score ?? null,
      tier,
    };
  });
  const { recencyDays, frequency, monetary, spend, tiers, fixed } = cuts;
  return { scored, cuts: { recencyDays, frequency, monetary, spend, tiers }, fixed };
}

function historyOf(customerId: string, rows: readonly Row[]): CustomerHistory {
  return {
    customerId,
    currency: '',
    sales: rows
      .map(({ day, minor }, at) => ({ day, minor, reference: String(at) }))
      .sort((one, other) => one.day - other.day || one.minor - other.minor),
    problems: {},
    createdOn: null,
    birthMonth: null,
    referrals: null,
    referralsBought: null,
    eventsInvited: null,
    eventsAttended: null,
    feedback: null,
    attributes: {},
    quality: { completeness: 0, problems: [] },
    named: null,
    overrides: [],
    optedOut: false,
  };
}
