/** One thing that a policy says: where, and what. */
export type Leaf = { readonly path: readonly string[]; readonly value: unknown };

/**
 * A policy's content as single statements. Entries of catalogues are named by their keys, not by
 * their places, so that one more moves no other; their order is a statement of its own.
 */
export function flatten(content: unknown, path: readonly string[] = []): readonly Leaf[] {
  if (path.join('.') === 'segments.cells') return cellLeaves(content, path);
  if (Array.isArray(content)) return listLeaves(content, path);
  if (!isBlock(content)) return [{ path, value: content }];
  return Object.entries(content).flatMap(([key, value]) =>
    value === undefined ? [] : flatten(value, [...path, key]),
  );
}

/** What stands for the order of a catalogue's entries. */
export const order = '(order)';

function listLeaves(entries: readonly unknown[], path: readonly string[]): readonly Leaf[] {
  const named = entries.map((entry) => ({ name: nameOf(entry), entry }));
  if (named.length === 0 || named.some(({ name }) => name === null))
    return [{ path, value: entries }];
  const names = named.map(({ name }) => name ?? '');
  return [
    ...named.flatMap(({ name, entry }) => flatten(entry, [...path, name ?? ''])),
    { path: [...path, order], value: names },
  ];
}

/** What tells the entry from others of its list; `null` for a plain value. */
function nameOf(entry: unknown): string | null {
  if (!isBlock(entry)) return null;
  const at = new Map<string, unknown>(Object.entries(entry));
  const name = at.get('key') ?? at.get('customer');
  const family = at.get('family');
  if (typeof name !== 'string') return null;
  return typeof family === 'string' ? `${family}/${name}` : name;
}

function cellLeaves(content: unknown, path: readonly string[]): readonly Leaf[] {
  if (!Array.isArray(content)) return [{ path, value: content }];
  return content.map((value: unknown, at) => ({
    path: [...path, `R${Math.floor(at / 25) + 1}F${(Math.floor(at / 5) % 5) + 1}M${(at % 5) + 1}`],
    value,
  }));
}

function isBlock(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
