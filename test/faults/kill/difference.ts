import { isDeepStrictEqual } from 'node:util';
import type { Look } from './life.ts';

const shown = 4;

/** Ids of runs, rescorings and plans, which are new in every life. */
const runIds = /\b[prw]+\d{14}[0-9a-f]{8,12}\b/g;

/** What is otherwise than in the life that nothing interrupted, in words; `null`: nothing. */
export function difference(
  uninterrupted: Look,
  interrupted: Look,
  beside: readonly string[],
): string | null {
  const [expected, found] = [withoutIds(uninterrupted), withoutIds(interrupted)];
  const differences = [
    ...byKey('portal', expected.portal, found.portal),
    ...byKey('written', expected.writes, found.writes),
    ...Object.keys(expected.store).flatMap((view) =>
      beside.includes(view) ? [] : byRow(view, expected.store[view] ?? [], found.store[view] ?? []),
    ),
  ];
  if (differences.length === 0) return null;
  const more = differences.length > shown ? [`and ${differences.length - shown} more`] : [];
  return [...differences.slice(0, shown), ...more].join('\n  ');
}

function withoutIds(look: Look): Look {
  return JSON.parse(JSON.stringify(look).replaceAll(runIds, 'an id'));
}

type Named = Readonly<Record<string, unknown>>;

function byKey(of: string, expected: Named, found: Named): readonly string[] {
  const keys = new Set([...Object.keys(expected), ...Object.keys(found)]);
  return [...keys]
    .filter((key) => !isDeepStrictEqual(expected[key], found[key]))
    .map((key) => `${of} ${key}: ${parts(found[key], expected[key])}`);
}

/** Of two records only the fields that differ. */
function parts(found: unknown, expected: unknown): string {
  if (!isNamed(found) || !isNamed(expected))
    return `${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`;
  return byKey('', expected, found).join(', ');
}

function isNamed(value: unknown): value is Named {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function byRow(of: string, expected: readonly string[], found: readonly string[]): string[] {
  const left = [...found];
  const missing = expected.filter((row) => {
    const at = left.indexOf(row);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  // One of each in turn: of a row that differs both are shown.
  return Array.from({ length: Math.max(left.length, missing.length) }, (_, at) => [
    ...left.slice(at, at + 1).map((row) => `store ${of}: too much: ${row}`),
    ...missing.slice(at, at + 1).map((row) => `store ${of}: missing: ${row}`),
  ]).flat();
}
