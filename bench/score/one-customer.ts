import { dayText } from '../../src/domain/day.ts';
import type { CustomerHistory } from '../../src/domain/history.ts';
import type { CutPoints } from '../../src/policy/cut-points.ts';
import type { Policy } from '../../src/policy/schema.ts';
import { basicScoreOf } from '../../src/score/basic-score.ts';
import { lifetimeValue, type ValueTerms } from '../../src/score/clv/clv.ts';
import type { Fit } from '../../src/score/clv/fit.ts';
import { expectedSpend } from '../../src/score/clv/gamma-gamma.ts';
import { models } from '../../src/score/clv/models.ts';
import { signalsAt } from '../../src/score/signals.ts';
import { Timeline } from '../../src/score/timeline.ts';

type Frame = {
  readonly policy: Policy;
  readonly cuts: CutPoints;
  readonly fitted: Fit;
  /** Weeks. */
  readonly horizon: number;
  readonly terms: ValueTerms;
};

const TIMES = 2_000;

/** Median microseconds to score one customer alone, from its orders to its lifetime value. */
export function oneCustomerUs(history: CustomerHistory, asOf: number, frame: Frame): number {
  const took = Array.from({ length: TIMES }, () => {
    const from = performance.now();
    scoreAlone(history, asOf, frame);
    return 1_000 * (performance.now() - from);
  });
  return took.sort((one, other) => one - other)[TIMES >> 1] ?? 0;
}

function scoreAlone(history: CustomerHistory, asOf: number, frame: Frame) {
  const { policy, cuts, fitted, horizon, terms } = frame;
  const { model, unit, params, gammaGamma } = fitted;
  const timeline = new Timeline(history, policy.purchase);
  const signals = signalsAt(timeline, dayText(asOf), {
    windowMonths: policy.windowMonths,
    dues: false,
  });
  const basic = basicScoreOf(signals, cuts, policy);
  const [first = asOf] = timeline.days;
  const last = timeline.days.at(-1) ?? first;
  const past = { x: timeline.days.length - 1, tx: (last - first) / 7, T: (asOf - first) / 7 };
  const again = timeline.minors.slice(1).reduce((sum, minor) => sum + minor, 0) / 100;
  const mean = past.x === 0 ? 0 : again / past.x;
  const spendPerOrder = gammaGamma === null ? mean : expectedSpend(gammaGamma, past.x, mean);
  const valued = { model, unit, params, history: past, spendPerOrder };
  return {
    basic,
    alive: models[model].probabilityAlive(params, past),
    buys: models[model].probabilityBuys(params, past, horizon),
    orders: models[model].expectedOrders(params, past, horizon),
    value: lifetimeValue(valued, terms),
  };
}

/** Somebody with a dozen orders over a year. */
export function sampleHistory(asOf: number): CustomerHistory {
  return {
    customerId: '1',
    currency: '',
    sales: Array.from({ length: 12 }, (_, order) => ({
      day: asOf - 360 + 29 * order,
      minor: 2_000 + 137 * order,
      reference: String(order),
    })),
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
