import { isDeepStrictEqual } from 'node:util';
import { dayNumber } from '../domain/day.ts';
import type { CustomerHistory } from '../domain/history.ts';
import type { ConnectionId, RecordId, RunId } from '../domain/ids.ts';
import type { Standing } from '../domain/result.ts';
import type { Score } from '../domain/score.ts';
import { step } from '../lib/step.ts';
import type { CutPoints } from '../policy/cut-points.ts';
import { BaseColumns } from '../score/base-columns.ts';
import { findCutPoints } from '../score/cut-points.ts';
import type { BaseQuality } from '../score/quality/base-quality.ts';
import { outOfScopeOn } from '../score/scope.ts';
import { scoreCustomer } from '../score/score-customer.ts';
import { namedFalls } from './named-falls.ts';
import type { Person } from './persons.ts';
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
  const { ctx, together, world, asOf } = reader;
  const base = new BaseColumns(world);
  for (const connection of together.connections) {
    const isOwn = connection === ctx.connection;
    if (!isOwn && frozen !== null) continue;
    const of = { connection, whom: 'all', isFirst: !isOwn } as const;
    await eachPage(reader, of, async (persons) => {
      const histories = persons.map((person) => reader.history(person, connection));
      for (const [at, history] of histories.entries()) {
        if (isOwn) target.quality.add(history);
        if (frozen === null && isFirst(persons[at], connection)) addTo(base, reader, history);
      }
      if (isOwn) await ctx.store.scores.saveHistories(connection, histories);
      step('score.histories-saved');
    });
  }
  const cuts = frozen ?? (await keepCuts(reader, target.runId, findCutPoints(base, asOf)));
  step('score.cuts-saved');
  await scoreStored(reader, target, cuts);
  return cuts;
}

/** Others of the group are scored by these next; not again when they are those that were there. */
async function keepCuts(
  { ctx, together }: ScoreReader,
  runId: RunId,
  found: CutPoints,
): Promise<CutPoints> {
  const { connection, population, store } = ctx;
  if (population.connections.length === 1) {
    await store.scores.saveCutPoints(connection, runId, found);
    return found;
  }
  const cuts = { ...found, over: together.connections };
  const before = await store.scores.cutPoints(population.id);
  if (isDeepStrictEqual(before, cuts)) return cuts;
  const marked = { own: connection, connections: population.connections.map(({ id }) => id) };
  await store.scores.saveCutPoints(population.id, runId, cuts, marked);
  return cuts;
}

/** A person is counted in the base once, with its first record. */
export function isFirst(person: Person | undefined, connection: ConnectionId): boolean {
  const [first] = person?.records ?? [];
  return first === undefined || first.connection === connection;
}

/** Takes a customer into the base; who opted out or is out of scope is not in it. */
export function addTo(base: BaseColumns, reader: ScoreReader, history: CustomerHistory): void {
  if (history.optedOut) return;
  const { signals, timeline } = signalsOf(reader, history);
  if (outOfScopeOn(timeline, dayNumber(reader.asOf) ?? 0, reader.world.policy) !== null) return;
  base.add(signals, timeline);
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
    const from: RecordId | null = after;
    const page: readonly CustomerHistory[] = await ctx.turns.shared(async () => {
      const select = { after: from, limit: pageSize };
      const histories = await ctx.store.scores.histories(ctx.connection, select);
      if (histories.length > 0) await saveScores(reader, target, cuts, histories);
      return histories;
    });
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.customerId;
  }
}

/** Scores whom something happened to and whose day of change has come. */
export async function scoreDue(
  reader: ScoreReader,
  target: ScoreTarget,
  cuts: CutPoints,
): Promise<CutPoints> {
  const of = { connection: reader.ctx.connection, whom: { dueOn: reader.asOf } };
  await eachPage(reader, of, async (persons) => {
    const histories = persons.map((person) => reader.history(person));
    await saveScores(reader, target, cuts, histories);
  });
  return cuts;
}

type Standings = ReadonlyMap<RecordId, Standing>;

/** What holds these customers' tiers still. */
export async function standingsOf(
  { ctx: { connection, store }, together }: ScoreReader,
  histories: readonly CustomerHistory[],
): Promise<Standings> {
  const ids = histories.map(({ customerId }) => customerId);
  return together.connections.length === 1
    ? await store.scores.standings(connection, ids)
    : await store.identities.standings(connection, ids, together.connections);
}

/** By these cut points and the reader's policy; nothing is stored. */
export function scoresOf(
  { ctx: { policy }, asOf }: ScoreReader,
  cuts: CutPoints,
  histories: readonly CustomerHistory[],
  standings: Standings,
): readonly Score[] {
  return histories.map((history) =>
    scoreCustomer(history, asOf, { policy, cuts }, standings.get(history.customerId) ?? null),
  );
}

/** Scores what is laid out already and saves the scores. */
export async function saveScores(
  reader: ScoreReader,
  { runId, tally }: ScoreTarget,
  cuts: CutPoints,
  histories: readonly CustomerHistory[],
): Promise<void> {
  const { connection, store, policy, progress } = reader.ctx;
  const standings = await standingsOf(reader, histories);
  const scores = scoresOf(reader, cuts, histories, standings);
  for (const score of scores) tally.add(score);
  await store.scores.save(connection, runId, scores);
  step('score.page-saved');
  const falls = namedFalls(policy, histories, scores, standings);
  if (falls.length > 0) reader.ctx.tell({ kind: 'tiers-fell', connection, falls });
  progress.advance('score', scores.length);
}
