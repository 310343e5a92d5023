import { isDeepStrictEqual } from 'node:util';
import type { RecordId } from '../../../src/domain/ids.ts';
import type { Score } from '../../../src/domain/score.ts';
import type { Desk } from '../faults/desk.ts';

/** Every customer's figures. */
export type Figures = ReadonlyMap<RecordId, Score['signals']>;

export async function figures({ app }: Desk): Promise<Figures> {
  const rows = await app.store.scores.page('main', { after: null, limit: 10_000 });
  return new Map(rows.map(({ score }) => [score.customerId, score.signals]));
}

/** The law of odd-world.test.ts: nothing twice, nothing lost. `null`: it holds. */
export async function sumIsWrong(desk: Desk): Promise<string | null> {
  const found = await figures(desk);
  const sum = [...found.values()].reduce((all, { netEver }) => all + netEver, 0);
  const { wonMinor, unattributedMinor } = await desk.app.store.records.counts('main');
  const won = wonMinor - unattributedMinor;
  return sum === won ? null : `customers have ${sum} of ${won} won`;
}

/** Where two differ first, by what they are of. */
export function differ(
  expected: ReadonlyMap<string, unknown>,
  found: ReadonlyMap<string, unknown>,
): string | null {
  for (const name of new Set([...expected.keys(), ...found.keys()])) {
    const [wanted, had] = [expected.get(name), found.get(name)];
    if (!isDeepStrictEqual(wanted, had))
      return `${name}: ${JSON.stringify(had)} instead of ${JSON.stringify(wanted)}`;
  }
  return null;
}
