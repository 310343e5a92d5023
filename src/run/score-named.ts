import { dayNumber } from '../domain/day.ts';
import type { ConnectionId, RecordId, RunId } from '../domain/ids.ts';
import type { LocalDay } from '../domain/time.ts';
import { chunk } from '../lib/chunk.ts';
import { localDay } from '../lib/local-day.ts';
import type { CutPoints } from '../policy/cut-points.ts';
import { BaseQuality } from '../score/quality/base-quality.ts';
import type { Carried } from '../store/store.ts';
import type { RunContext } from './context.ts';
import { personHistory } from './person-history.ts';
import { type Person, withPartners } from './persons.ts';
import { saveScores } from './score-pages.ts';
import { pageSize, type ScoreReader } from './score-reader.ts';
import { keepPolicy } from './score-stage.ts';
import { ScoreTally } from './score-tally.ts';
import { joinConnections, type Together } from './together.ts';

export type NamedScoring = {
  readonly ids: readonly RecordId[];
  readonly cuts: CutPoints;
  /** Default: today in the account's time zone; never before the day of a score that is there. */
  readonly asOf?: LocalDay | undefined;
};

type Carry = ReadonlyMap<ConnectionId, ReadonlyMap<RecordId, Carried>>;

/**
 * Scores those of them that are marked as dirty, by the cut points and the coverage of the last full
 * scoring. What a score takes from others (referrals, doubles) is carried over from the last run,
 * which alone looks at everybody. Their histories are kept for a full scoring that may be under way.
 */
export async function scoreNamed(
  ctx: RunContext,
  runId: RunId,
  { ids, cuts, asOf }: NamedScoring,
): Promise<{ readonly scored: readonly RecordId[]; readonly asOf: LocalDay }> {
  const { connection, connector, store, clock, signal } = ctx;
  const account = await connector.account(signal);
  const today = asOf ?? localDay(clock.now(), account.timeZone);
  const together = await joinConnections(ctx, account);
  const dirty = await store.records.dirty(connection, ids);
  if (dirty.length === 0) return { scored: [], asOf: today };
  await keepPolicy(ctx);
  const tally = new ScoreTally();
  const day = await newestDay(ctx, dirty, today);
  const target = { runId, tally, quality: new BaseQuality(ctx.policy, dayNumber(day) ?? 0) };
  for (const some of chunk(dirty, pageSize)) {
    const persons = await personsOf(ctx, together, some);
    const carried = await carriedOf(ctx, persons);
    const reader = readerOf(ctx, { asOf: day, account, together, cuts }, carried);
    const histories = persons.map((person) => reader.history(person));
    await store.scores.saveHistories(connection, histories);
    await saveScores(reader, target, cuts, histories);
  }
  return { scored: dirty, asOf: day };
}

/** A clock that was set back over midnight makes no score older. */
async function newestDay(
  { connection, store }: RunContext,
  ids: readonly RecordId[],
  today: LocalDay,
): Promise<LocalDay> {
  const known = [...(await store.scores.carried(connection, ids)).values()];
  return known.reduce((day, { asOf }) => (asOf !== null && asOf > day ? asOf : day), today);
}

async function personsOf(
  { connection, store }: RunContext,
  together: Together,
  ids: readonly RecordId[],
): Promise<readonly Person[]> {
  const rows = await store.records.byIds(connection, ids);
  return withPartners({ store, together: together.connections }, connection, rows);
}

async function carriedOf(
  { connection, store }: RunContext,
  persons: readonly Person[],
): Promise<Carry> {
  const refs = persons.flatMap(({ customer, records }) => [
    { connection, id: customer.id },
    ...records.map((record) => ({ connection: record.connection, id: record.customer.id })),
  ]);
  const found = new Map<ConnectionId, ReadonlyMap<RecordId, Carried>>();
  for (const [id, some] of Map.groupBy(refs, (ref) => ref.connection))
    found.set(id, await store.scores.carried(id, [...new Set(some.map((ref) => ref.id))]));
  return found;
}

type NamedWhen = Pick<ScoreReader, 'asOf' | 'together'> & {
  readonly account: { readonly currency: string; readonly timeZone: string };
  readonly cuts: CutPoints;
};

function readerOf(ctx: RunContext, when: NamedWhen, carried: Carry): ScoreReader {
  const { policy, attribution, connection } = ctx;
  const { asOf, together, account, cuts } = when;
  const { currency: homeCurrency, timeZone } = account;
  const world = { homeCurrency, timeZone, policy, attribution, coverage: cuts.coverage };
  const isDuplicate = (of: ConnectionId, id: RecordId) =>
    carried.get(of)?.get(id)?.isDuplicate === true;
  const history = personHistory(ctx, { ...world, timeZones: together.timeZones, isDuplicate });
  return {
    ...{ ctx, asOf, world, together },
    history: (person, of = connection) =>
      history(person, carried.get(of)?.get(person.customer.id)?.referrals ?? null, of),
  };
}
