import type { ScoredValue, Signals } from '../domain/score.ts';
import type { CutPoints } from '../policy/cut-points.ts';
import type { Policy } from '../policy/schema.ts';
import { combine } from './combine.ts';
import { facts } from './facts.ts';
import { spendShare } from './spend.ts';

/** The two scores that go into value beside spend. */
export type ValueParts = {
  readonly loyalty: ScoredValue | null;
  readonly credit: ScoredValue | null;
};

/** Value 0–100 from spend in the window, loyalty and credit; `null` without a purchase. */
export function valueScoreOf(
  signals: Signals,
  { loyalty, credit }: ValueParts,
  cuts: Pick<CutPoints, 'spend'>,
  policy: Policy,
): ScoredValue | null {
  if (signals.orders === 0) return null;
  const { weights } = policy.value;
  return combine([
    {
      code: 'value.spend',
      weight: weights.spend,
      share: spendShare(signals.netInWindow, cuts.spend),
      confidence: 1,
      facts: {
        netMinor: signals.netInWindow,
        currency: signals.currency,
        orders: signals.ordersInWindow,
        windowFrom: signals.windowFrom,
      },
    },
    {
      code: 'value.loyalty',
      weight: weights.loyalty,
      share: loyalty === null ? null : loyalty.score / 100,
      confidence: loyalty?.confidence ?? 0,
      facts: facts({ loyalty: loyalty?.score ?? null, lastOrderOn: signals.lastOrderOn }),
    },
    {
      code: 'value.credit',
      weight: weights.credit,
      share: credit === null ? null : credit.score / 100,
      confidence: credit?.confidence ?? 0,
      facts: facts({
        credit: credit?.score ?? null,
        due: signals.duesKnown,
        onTime: signals.duesOnTime,
      }),
    },
  ]);
}
