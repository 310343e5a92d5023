import { isDeepStrictEqual } from 'node:util';
import type { Coverage } from '../domain/coverage.ts';
import type { LocalDay } from '../domain/time.ts';
import type { CutPoints } from '../policy/cut-points.ts';
import { needsNewCutPoints } from '../policy/cut-refresh.ts';
import { cutsVersion, policyVersion } from '../policy/version.ts';
import type { RunContext } from './context.ts';

/** Who is scored in this run, and by which cut points. */
export type ScoreScope =
  | { readonly kind: 'base'; readonly reason: string; readonly cuts: CutPoints | null }
  | { readonly kind: 'due'; readonly reason: string; readonly cuts: CutPoints };

export type ScoreWhen = {
  readonly asOf: LocalDay;
  readonly currency: string;
  readonly coverage: Coverage;
  /** The connections that are scored together. */
  readonly together: readonly string[];
  /** Score everybody and find new cut points, whatever the policy's refresh says. */
  readonly all: boolean;
};

/**
 * Everybody when cut points or policy moved, or time went back; else only whom something happened to
 * and whose day of change has come. In a base scope `cuts: null` means that new ones are to be found.
 */
export async function scoreScope(ctx: RunContext, when: ScoreWhen): Promise<ScoreScope> {
  const cuts = await ctx.store.scores.cutPoints(ctx.population.id);
  if (cuts === null) return { kind: 'base', reason: 'there are no cut points yet', cuts };
  const renewed = whyNewCuts(ctx, cuts, when);
  if (renewed !== null) return { kind: 'base', reason: renewed, cuts: null };
  const { scored, newestAsOf, policyVersions } = await ctx.store.scores.state(ctx.connection);
  if (scored === 0) return { kind: 'base', reason: 'nobody is scored yet', cuts };
  const version = policyVersion(ctx.policy);
  if (policyVersions.some((each) => each !== version)) {
    const reason = 'the policy changed, but nothing that cut points rest on';
    return { kind: 'base', reason, cuts };
  }
  if (newestAsOf !== null && newestAsOf > when.asOf) {
    return { kind: 'base', reason: `scores are as of ${newestAsOf}, a later day`, cuts };
  }
  const reason =
    newestAsOf === when.asOf ? 'what changed today' : `what changed since ${newestAsOf}`;
  return { kind: 'due', reason, cuts };
}

function whyNewCuts(ctx: RunContext, cuts: CutPoints, when: ScoreWhen): string | null {
  const { policy } = ctx;
  if (when.all) return 'everybody was asked for';
  if (cuts.cutsVersion !== cutsVersion(policy)) return 'the policy changed';
  if (needsNewCutPoints(cuts, { policy, currency: when.currency, asOf: when.asOf }))
    return `the cut points of ${cuts.foundOn} are due for renewal`;
  if (cuts.over !== undefined && !isDeepStrictEqual(cuts.over, when.together))
    return `other connections are scored together than before: ${when.together.join(', ')}`;
  if (!isSameCoverage(cuts.coverage, when.coverage))
    return 'the CRM now holds other kinds of facts, for example referrals or payment dates';
  return null;
}

function isSameCoverage(then: Coverage, now: Coverage): boolean {
  return coverageKeys.every((key) => then[key] === now[key]);
}

const coverageKeys = [
  'referrals',
  'events',
  'dues',
  'feedback',
  'discounts',
  'products',
  'birthdays',
] as const satisfies readonly (keyof Coverage)[];
