import type { Account } from '../connector/account.ts';
import type { RunId } from '../domain/ids.ts';
import type { LocalDay } from '../domain/time.ts';
import { policyVersion } from '../policy/version.ts';
import type { RunContext } from './context.ts';
import type { ScoreReport } from './report.ts';
import { scoreBase, scoreDue } from './score-pages.ts';
import { openScoreReader } from './score-reader.ts';
import { scoreScope } from './score-scope.ts';
import { ScoreTally } from './score-tally.ts';

export type ScoreStageWhen = {
  readonly asOf: LocalDay;
  /** Whose currency and time zone amounts and days are in. */
  readonly account: Account;
  /** Score everybody and find new cut points. */
  readonly all: boolean;
};

/** Scores whom the scope names and saves the scores; nothing is written to the CRM. */
export async function scoreStage(
  ctx: RunContext,
  runId: RunId,
  { asOf, account, all }: ScoreStageWhen,
): Promise<ScoreReport> {
  const { connection, store } = ctx;
  await store.records.spreadDirty(connection);
  await keepPolicy(ctx);
  const reader = await openScoreReader(ctx, { asOf, account });
  const { coverage } = reader.world;
  const scope = await scoreScope(ctx, { asOf, currency: account.currency, coverage, all });
  const counts = await store.records.counts(connection);
  const tally = new ScoreTally();
  ctx.progress.start('score', scope.kind === 'base' ? counts.customers : null);
  if (scope.kind === 'base') await scoreBase(reader, { runId, tally }, scope.cuts);
  else await scoreDue(reader, { runId, tally }, scope.cuts);
  ctx.progress.end('score');
  const happened = Math.min(counts.dirty, tally.scored);
  return {
    scope: scope.kind,
    reason: scope.reason,
    scored: tally.scored,
    due: { happened, byTime: scope.kind === 'due' ? tally.scored - happened : 0 },
    optedOut: tally.optedOut,
    problems: tally.problems,
    cutPointsFound: scope.kind === 'base' && scope.cuts === null,
    tiers: await store.scores.tiers(connection),
    hash: await store.scores.hash(connection),
  };
}

async function keepPolicy({ store, policy, clock }: RunContext): Promise<void> {
  await store.scores.savePolicy({
    version: policyVersion(policy),
    content: policy,
    firstUsedAt: new Date(clock.now()).toISOString(),
  });
}
