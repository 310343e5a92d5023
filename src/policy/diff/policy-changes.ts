import { sortedJson } from '../digest.ts';
import { type Effect, effectOf, effects } from './effect.ts';
import { flatten, type Leaf, order } from './flatten.ts';

/** One statement that two policies make differently. */
export type PolicyChange = {
  /** Through sections and keys; entries of catalogues by their keys. */
  readonly path: readonly string[];
  readonly effect: Effect;
  readonly kind: 'changed' | 'added' | 'removed';
  /** `null` where it is not said. */
  readonly from: unknown;
  readonly to: unknown;
};

/**
 * All that differs between two policies, in the order of the file. Takes checked content, as it is or
 * as it was kept. An entry that is new or gone is one change, with all that it says.
 */
export function policyChanges(before: unknown, after: unknown): readonly PolicyChange[] {
  const was = byPath(flatten(before));
  const is = byPath(flatten(after));
  const paths = [...new Set([...is.keys(), ...was.keys()])];
  const single = paths.flatMap((path) => changeAt(was.get(path), is.get(path)));
  return entriesTogether(single, was, is);
}

type Leaves = ReadonlyMap<string, Leaf>;

function byPath(leaves: readonly Leaf[]): Leaves {
  return new Map(leaves.map((leaf) => [JSON.stringify(leaf.path), leaf]));
}

function changeAt(was: Leaf | undefined, is: Leaf | undefined): readonly PolicyChange[] {
  const path = is?.path ?? was?.path ?? [];
  const [from, to] = [was?.value ?? null, is?.value ?? null];
  if (path.at(-1) === order) return reordered(path, from, to);
  if (sortedJson(from) === sortedJson(to)) return [];
  const kind = was === undefined ? 'added' : is === undefined ? 'removed' : 'changed';
  return [{ path, effect: effectOf(path), kind, from, to }];
}

/** Only what both have can stand in another order. */
function reordered(path: readonly string[], from: unknown, to: unknown): readonly PolicyChange[] {
  const [was, is] = [namesOf(from), namesOf(to)];
  const before = was.filter((name) => is.includes(name));
  const after = is.filter((name) => was.includes(name));
  if (sortedJson(before) === sortedJson(after)) return [];
  return [{ path, effect: effectOf(path), kind: 'changed', from: before, to: after }];
}

function namesOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Statements of one entry that is wholly new or gone become one. */
function entriesTogether(
  changes: readonly PolicyChange[],
  was: Leaves,
  is: Leaves,
): readonly PolicyChange[] {
  const [old, young] = [entriesOf(was), entriesOf(is)];
  const seen = new Set<string>();
  return changes.flatMap((change) => {
    const there = change.kind === 'added' ? young : old;
    const missing = change.kind === 'added' ? old : young;
    const entry = change.kind === 'changed' ? undefined : entryAt(change.path, there, missing);
    if (entry === undefined) return [change];
    const name = JSON.stringify(entry);
    if (seen.has(name)) return [];
    seen.add(name);
    const leaves = leavesOf(change.kind === 'added' ? is : was, entry);
    const whole = Object.fromEntries(
      leaves.map(({ path, value }) => [path.slice(entry.length).join('.'), value]),
    );
    const [from, to] = change.kind === 'added' ? [null, whole] : [whole, null];
    return [{ path: entry, effect: strongest(leaves), kind: change.kind, from, to }];
  });
}

/** Paths of all entries of catalogues. */
function entriesOf(leaves: Leaves): ReadonlySet<string> {
  const found = [...leaves.values()].flatMap(({ path, value }) =>
    path.at(-1) === order
      ? namesOf(value).map((name) => JSON.stringify([...path.slice(0, -1), name]))
      : [],
  );
  return new Set(found);
}

function entryAt(
  path: readonly string[],
  there: ReadonlySet<string>,
  missing: ReadonlySet<string>,
): readonly string[] | undefined {
  return path
    .map((_, length) => path.slice(0, length + 1))
    .find((part) => {
      const name = JSON.stringify(part);
      return there.has(name) && !missing.has(name);
    });
}

/** All that an entry says. */
function leavesOf(leaves: Leaves, entry: readonly string[]): readonly Leaf[] {
  return [...leaves.values()].filter(
    ({ path }) => path.length > entry.length && entry.every((part, at) => path[at] === part),
  );
}

function strongest(leaves: readonly Leaf[]): Effect {
  const found = new Set(leaves.map(({ path }) => effectOf(path)));
  return effects.find((effect) => found.has(effect)) ?? 'looks';
}
