import type { Account } from '../connector/account.ts';
import type { CustomerHistory } from '../domain/history.ts';
import type { ConnectionId } from '../domain/ids.ts';
import type { LocalDay } from '../domain/time.ts';
import type { CutPoints } from '../policy/cut-points.ts';
import type { Policy } from '../policy/schema.ts';
import { BaseColumns } from '../score/base-columns.ts';
import { findCutPoints } from '../score/cut-points.ts';
import type { RunContext } from './context.ts';
import type { Person } from './persons.ts';
import { addTo, isFirst } from './score-pages.ts';
import { eachPage, openScoreReader, type ScoreReader } from './score-reader.ts';
import { type ScoreScope, scoreScope } from './score-scope.ts';
import { knownTogether } from './together.ts';

/** How the next run would score by one policy. */
export type Side = {
  readonly reader: ScoreReader;
  readonly scope: ScoreScope;
  readonly cuts: CutPoints;
};

/** The policy in force, and the draft in its place. */
export type Sides = { readonly before: Side; readonly after: Side };

/** Cut points that were found already, by population: connections of a group share them. */
export type FoundCuts = Map<string, { readonly before: CutPoints; readonly after: CutPoints }>;

export type SidesWhen = {
  readonly asOf: LocalDay;
  readonly account: Account;
  /** As a complete run: new cut points whatever the policy's refresh says. */
  readonly all: boolean;
  readonly found: FoundCuts;
};

/** Finds cut points where a run would, for both in one pass over the base; stores nothing. */
export async function openSides(
  ctx: RunContext,
  draft: Policy,
  { asOf, account, all, found }: SidesWhen,
): Promise<Sides> {
  const together = await knownTogether(ctx, account);
  const opened = async (own: RunContext) => {
    const reader = await openScoreReader(own, { asOf, account, together });
    const { coverage } = reader.world;
    const { currency } = account;
    const when = { asOf, currency, coverage, all, together: together.connections };
    return { reader, scope: await scoreScope(own, when) };
  };
  const before = await opened(ctx);
  const after = await opened({ ...ctx, policy: draft });
  const known = found.get(ctx.population.id) ?? (await cutsOf(before, after));
  found.set(ctx.population.id, known);
  return { before: { ...before, cuts: known.before }, after: { ...after, cuts: known.after } };
}

type Open = Pick<Side, 'reader' | 'scope'>;

async function cutsOf(before: Open, after: Open) {
  const wanting = [before, after].filter(({ scope }) => scope.cuts === null);
  const bases = new Map(wanting.map(({ reader }) => [reader, new BaseColumns(reader.world)]));
  if (bases.size > 0) await fillBases(after.reader, bases);
  return { before: cutsFor(before, bases), after: cutsFor(after, bases) };
}

type Bases = ReadonlyMap<ScoreReader, BaseColumns>;

function cutsFor({ reader, scope }: Open, bases: Bases): CutPoints {
  if (scope.cuts !== null) return scope.cuts;
  const { population } = reader.ctx;
  const base = bases.get(reader) ?? new BaseColumns(reader.world);
  const found = findCutPoints(base, reader.asOf);
  const isAlone = population.connections.length === 1;
  return isAlone ? found : { ...found, over: reader.together.connections };
}

/** Persons once each, over all connections that are scored together. */
async function fillBases(reader: ScoreReader, bases: Bases): Promise<void> {
  const { ctx, together } = reader;
  for (const connection of together.connections) {
    const isOwn = connection === ctx.connection;
    const of = { connection, whom: 'all', isFirst: !isOwn } as const;
    await eachPage(reader, of, async (persons) => {
      for (const [side, base] of bases) {
        for (const [person, history] of historiesOf(side, persons, connection))
          if (isFirst(person, connection)) addTo(base, side, history);
      }
    });
  }
}

function historiesOf(
  reader: ScoreReader,
  persons: readonly Person[],
  connection: ConnectionId,
): readonly (readonly [Person, CustomerHistory])[] {
  return persons.map((person) => [person, reader.history(person, connection)]);
}

/** Cut points that a reader's policy finds on the base as it is; stores nothing. */
export async function cutsFoundNow(reader: ScoreReader): Promise<CutPoints> {
  const bases = new Map([[reader, new BaseColumns(reader.world)]]);
  await fillBases(reader, bases);
  return cutsFor({ reader, scope: { kind: 'base', reason: '', cuts: null } }, bases);
}
