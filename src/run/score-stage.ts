import type { Account } from '../connector/account.ts';
import { dayNumber } from '../domain/day.ts';
import type { RunId } from '../domain/ids.ts';
import type { LocalDay } from '../domain/time.ts';
import { step } from '../lib/step.ts';
import type { Forecast } from '../policy/cut-points.ts';
import { policyVersion } from '../policy/version.ts';
import { BaseQuality, type BaseQualityReport } from '../score/quality/base-quality.ts';
import type { RecordCounts } from '../store/record-store.ts';
import type { RunContext } from './context.ts';
import { noteOverrideFields } from './override-fields.ts';
import type { ScoreReport } from './report.ts';
import { scoreBase, scoreDue } from './score-pages.ts';
import { openScoreReader } from './score-reader.ts';
import { scoreScope } from './score-scope.ts';
import { ScoreTally } from './score-tally.ts';
import { shadowStage } from './shadow-stage.ts';
import { joinConnections } from './together.ts';

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
  const together = await ctx.turns.shared(async () => {
    await noteOverrideFields(ctx);
    const found = await joinConnections(ctx, account);
    await store.records.spreadDirty(connection, found.connections);
    return found;
  });
  await keepPolicy(ctx);
  const reader = await openScoreReader(ctx, { asOf, account, together });
  const { coverage } = reader.world;
  const { currency } = account;
  const scope = await scoreScope(ctx, {
    ...{ asOf, currency, coverage, all },
    together: together.connections,
  });
  const counts = await store.records.counts(connection);
  const tally = new ScoreTally();
  const quality = new BaseQuality(ctx.policy, dayNumber(asOf) ?? 0);
  const target = { runId, tally, quality };
  ctx.progress.start('score', scope.kind === 'base' ? counts.customers : null);
  const cuts =
    scope.kind === 'base'
      ? await scoreBase(reader, target, scope.cuts)
      : await scoreDue(reader, target, scope.cuts);
  step('score.ended');
  await shadowStage(ctx, { asOf, account, together, isBase: scope.kind === 'base' });
  ctx.progress.end('score');
  const { scored, optedOut, outOfScope, problems } = tally;
  return {
    scope: scope.kind,
    reason: scope.reason,
    scored,
    identity: together.report,
    due: scope.kind === 'base' ? nobodyDue : dueOf(scored, counts.dirty),
    ...{ optedOut, outOfScope },
    problems,
    cutPointsFound: scope.kind === 'base' && scope.cuts === null,
    forecast: cuts.forecast === null ? null : forecastOf(cuts.forecast),
    keyAccounts: cuts.keyAccounts,
    quality: scope.kind === 'base' ? await qualityOf(ctx, quality, counts) : null,
    tiers: await store.scores.tiers(connection),
    hash: await store.scores.hash(connection),
  };
}

const nobodyDue = { happened: 0, byTime: 0 };

/** Whoever is dirty is scored, whether due as well or not. */
function dueOf(scored: number, dirty: number): ScoreReport['due'] {
  const happened = Math.min(scored, dirty);
  return { happened, byTime: scored - happened };
}

function forecastOf({ model, basis, frequencySpendCorrelation, warnings }: Forecast) {
  return { model, basis, frequencySpendCorrelation, warnings };
}

async function qualityOf(
  { connection, store }: RunContext,
  quality: BaseQuality,
  { wonMinor }: RecordCounts,
): Promise<BaseQualityReport> {
  const unattributed = await store.records.unattributed(connection);
  return quality.build({ wonMinor, unattributed });
}

/** Keeps what scores now by its version. */
export async function keepPolicy({ store, policy, clock }: RunContext): Promise<void> {
  await store.scores.savePolicy({
    version: policyVersion(policy),
    content: policy,
    firstUsedAt: new Date(clock.now()).toISOString(),
  });
}
