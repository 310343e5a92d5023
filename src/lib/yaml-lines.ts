import { isMap, isNode, isPair, isSeq, LineCounter, type Node, parseDocument } from 'yaml';

/** A place in a text; line and column count from 1. */
type Place = { readonly line: number; readonly column: number };

/** What is wrong at a place. */
export type PlacedProblem = Place & { readonly message: string };

/** By place in the text. */
export function inOrder(problems: readonly PlacedProblem[]): readonly PlacedProblem[] {
  return problems.toSorted((left, right) => left.line - right.line || left.column - right.column);
}

/** A YAML text that can be read, with the place of everything in it. */
export type YamlLines = {
  readonly value: unknown;
  /**
   * Where the value of `path` begins; for a path that is not there, its nearest parent.
   * `at: 'key'` gives the place of the key instead.
   */
  readonly placeOf: (path: readonly PropertyKey[], at?: 'value' | 'key') => Place;
};

export type ParsedYaml =
  | { readonly status: 'read'; readonly yaml: YamlLines }
  | { readonly status: 'broken'; readonly problems: readonly PlacedProblem[] };

/** Reads one YAML document; every syntax error at once, a key given twice among them. */
export function parseYamlLines(text: string): ParsedYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const errors = document.errors.map((error) => ({
    ...placeAt(error.pos[0]),
    message: error.message,
  }));
  if (errors.length > 0) return { status: 'broken', problems: errors };
  try {
    const value: unknown = document.toJS();
    const placeOf: YamlLines['placeOf'] = (path, at = 'value') =>
      placeAt(offsetOf(document.contents, path, at));
    return { status: 'read', yaml: { value, placeOf } };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { status: 'broken', problems: [{ line: 1, column: 1, message }] };
  }
}

function offsetOf(
  contents: Node | null,
  path: readonly PropertyKey[],
  at: 'value' | 'key',
): number {
  let node: unknown = contents;
  let found = startOf(contents);
  for (const [depth, key] of path.entries()) {
    const child = childOf(node, key);
    if (child === null) return found;
    const wantsKey = at === 'key' && depth === path.length - 1;
    found = wantsKey ? child.keyStart : child.start;
    node = child.node;
  }
  return found;
}

type Child = { readonly node: unknown; readonly start: number; readonly keyStart: number };

function childOf(parent: unknown, key: PropertyKey): Child | null {
  if (isMap(parent)) {
    const pair = parent.items.find((entry) => isPair(entry) && keyText(entry.key) === String(key));
    if (pair === undefined) return null;
    const keyStart = startOf(pair.key);
    return { node: pair.value, start: startOf(pair.value, keyStart), keyStart };
  }
  if (isSeq(parent)) {
    const node = parent.items[Number(key)];
    if (node === undefined) return null;
    const start = startOf(node);
    return { node, start, keyStart: start };
  }
  return null;
}

function keyText(key: unknown): string {
  return isNode(key) ? String(key.toJSON()) : String(key);
}

function startOf(node: unknown, otherwise = 0): number {
  return isNode(node) && node.range != null ? node.range[0] : otherwise;
}
