import type { CustomerHistory } from '../domain/history.ts';
import type { RecordId, RunId } from '../domain/ids.ts';
import type { CutPoints } from '../policy/cut-points.ts';
import { BaseColumns } from '../score/base-columns.ts';
import { findCutPoints } from '../score/cut-points.ts';
import type { BaseQuality } from '../score/quality/base-quality.ts';
import { scoreCustomer } from '../score/score-customer.ts';
import { eachPage, pageSize, type ScoreReader, signalsOf } from './score-reader.ts';
import type { ScoreTally } from './score-tally.ts';

/** Where scores go, and who counts what. */
export type ScoreTarget = {
  readonly runId: RunId;
  readonly tally: ScoreTally;
  /** Of the base: whoever is scored because it is due does not tell it. */
  readonly quality: BaseQuality;
};

/**
 * Two passes: histories of everybody into the store and, as numbers, into the base; then scores from
 * the stored histories. Memory grows with the number of customers by a few numbers each, not with
 * the number of deals. Returns the cut points it scored by.
 */
export async function scoreBase(
  reader: ScoreReader,
  target: ScoreTarget,
  frozen: CutPoints | null,
): Promise<CutPoints> {
  const { ctx, world, asOf } = reader;
  const base = new BaseColumns(world);
  await eachPage(reader, 'all', async (rows) => {
    const histories = rows.map(reader.history);
    for (const history of histories) target.quality.add(history);
    if (frozen === null) addTo(base, reader, histories);
    await ctx.store.scores.saveHistories(ctx.connection, histories);
  });
  const cuts = frozen ?? findCutPoints(base, asOf);
  if (frozen === null) await ctx.store.scores.saveCutPoints(ctx.connection, target.runId, cuts);
  await scoreStored(reader, target, cuts);
  return cuts;
}

function addTo(
  base: BaseColumns,
  reader: ScoreReader,
  histories: readonly CustomerHistory[],
): void {
  for (const history of histories) {
    if (history.optedOut) continue;
    const { signals, timeline } = signalsOf(reader, history);
    base.add(signals, timeline);
  }
}

async function scoreStored(
  reader: ScoreReader,
  target: ScoreTarget,
  cuts: CutPoints,
): Promise<void> {
  const { ctx } = reader;
  let after: RecordId | null = null;
  for (;;) {
    ctx.signal.throwIfAborted();
    const page: readonly CustomerHistory[] = await ctx.store.scores.histories(ctx.connection, {
      after,
      limit: pageSize,
    });
    const last = page.at(-1);
    if (last === undefined) return;
    await saveScores(reader, target, cuts, page);
    after = last.customerId;
  }
}

/** Scores whom something happened to and whose day of change has come. */
export async function scoreDue(
  reader: ScoreReader,
  target: ScoreTarget,
  cuts: CutPoints,
): Promise<CutPoints> {
  await eachPage(reader, { dueOn: reader.asOf }, async (rows) => {
    await saveScores(reader, target, cuts, rows.map(reader.history));
  });
  return cuts;
}

async function saveScores(
  { ctx, asOf }: ScoreReader,
  { runId, tally }: ScoreTarget,
  cuts: CutPoints,
  histories: readonly CustomerHistory[],
): Promise<void> {
  const { connection, store, policy, progress } = ctx;
  const ids = histories.map(({ customerId }) => customerId);
  const standings = await store.scores.standings(connection, ids);
  const scores = histories.map((history) =>
    scoreCustomer(history, asOf, { policy, cuts }, standings.get(history.customerId) ?? null),
  );
  for (const score of scores) tally.add(score);
  await store.scores.save(connection, runId, scores);
  progress.advance('score', scores.length);
}
