import type { Coverage } from '../domain/coverage.ts';
import type { LocalDay } from '../domain/time.ts';
import type { CutPoints } from '../policy/cut-points.ts';
import { needsNewCutPoints } from '../policy/cut-refresh.ts';
import { policyVersion } from '../policy/version.ts';
import type { RunContext } from './context.ts';

/** Who is scored in this run, and by which cut points. */
export type ScoreScope =
  | { readonly kind: 'base'; readonly reason: string; readonly cuts: CutPoints | null }
  | { readonly kind: 'dirty'; readonly reason: string; readonly cuts: CutPoints };

export type ScoreWhen = {
  readonly asOf: LocalDay;
  readonly currency: string;
  readonly coverage: Coverage;
  /** Score everybody and find new cut points, whatever the policy's refresh says. */
  readonly all: boolean;
};

/**
 * Everybody when the cut points, the policy or the day moved; else only whom something happened to.
 * In a base scope `cuts: null` means that new ones are to be found.
 */
export async function scoreScope(ctx: RunContext, when: ScoreWhen): Promise<ScoreScope> {
  const cuts = await ctx.store.scores.cutPoints(ctx.connection);
  if (when.all) return { kind: 'base', reason: 'everybody was asked for', cuts: null };
  const { policy } = ctx;
  if (cuts === null) return { kind: 'base', reason: 'there are no cut points yet', cuts: null };
  if (cuts.policyVersion !== policyVersion(policy)) {
    return { kind: 'base', reason: 'the policy changed', cuts: null };
  }
  if (needsNewCutPoints(cuts, { policy, currency: when.currency, asOf: when.asOf })) {
    const reason = `the cut points of ${cuts.foundOn} are due for renewal`;
    return { kind: 'base', reason, cuts: null };
  }
  if (!isSameCoverage(cuts.coverage, when.coverage)) {
    const reason = 'the CRM now holds other kinds of facts: referrals, events or payment dates';
    return { kind: 'base', reason, cuts: null };
  }
  const { scored, oldestAsOf } = await ctx.store.scores.state(ctx.connection);
  if (scored === 0) return { kind: 'base', reason: 'nobody is scored yet', cuts };
  if (oldestAsOf !== when.asOf) {
    return { kind: 'base', reason: `scores are as of ${oldestAsOf}`, cuts };
  }
  return { kind: 'dirty', reason: 'scores are of today', cuts };
}

function isSameCoverage(then: Coverage, now: Coverage): boolean {
  return then.referrals === now.referrals && then.events === now.events && then.dues === now.dues;
}
