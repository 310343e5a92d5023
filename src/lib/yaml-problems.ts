import type { z } from 'zod';
import { nearest } from './nearest.ts';
import { inOrder, type PlacedProblem, type YamlLines } from './yaml-lines.ts';

type Issue = z.core.$ZodIssue;

/** One character too many may make a problem of every character that follows. */
const most = 200;
/** Characters of one problem. */
const longest = 600;
/** A longer text is not repeated: it may be a token, pasted into the wrong place. */
const longestShown = 20;

/**
 * What a zod schema found wrong in a YAML text, each with its place, in the order of the text.
 * `keys`: names the schema knows, from which a misspelt one is guessed.
 */
export function yamlProblems(
  issues: readonly Issue[],
  yaml: YamlLines,
  keys: readonly string[] = [],
): readonly PlacedProblem[] {
  return inOrder(issues.flatMap((issue) => problemsOf(issue, yaml, keys)));
}

/** `config/assay.yaml:3:5 what is wrong`, one a line, the first of very many. */
export function renderProblems(file: string, problems: readonly PlacedProblem[]): string {
  const lines = problems
    .slice(0, most)
    .map(({ line, column, message }) => `${file}:${line}:${column} ${shortened(message)}`);
  const more = problems.length - lines.length;
  return [...lines, ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
}

/** A key may be as long as the file. */
function shortened(message: string): string {
  return message.length <= longest ? message : `${message.slice(0, longest)}…`;
}

function problemsOf(issue: Issue, yaml: YamlLines, keys: readonly string[]): PlacedProblem[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => {
      const path = [...issue.path, key];
      const close = nearest(key, keys);
      const hint = close === null ? 'remove it' : `did you mean \`${close}\`?`;
      return { ...yaml.placeOf(path, 'key'), message: `${nameOf(path)}: unknown key; ${hint}` };
    });
  const at = issue.code === 'invalid_key' ? 'key' : 'value';
  return [
    { ...yaml.placeOf(issue.path, at), message: `${nameOf(issue.path)}: ${textOf(issue, yaml)}` },
  ];
}

function nameOf(path: readonly PropertyKey[]): string {
  return path.length === 0 ? 'the file' : path.map(String).join('.');
}

function textOf(issue: Issue, yaml: YamlLines): string {
  const given = valueAt(yaml.value, issue.path);
  if (issue.code === 'invalid_key') return issue.issues.map((inner) => inner.message).join('; ');
  if (issue.code === 'invalid_value') {
    const wanted = issue.values.map((value) => `\`${String(value)}\``).join(', ');
    return given === undefined ? `is missing; give one of ${wanted}` : `must be one of ${wanted}`;
  }
  if (issue.code === 'invalid_type' && given === undefined)
    return `is missing; give ${articleFor(issue.expected)}`;
  if (issue.code === 'invalid_type')
    return `must be ${articleFor(issue.expected)}, not ${kindOf(given)}`;
  // A bound in words, where the schema has none of its own.
  const isPlain = issue.message.startsWith('Too ');
  if (issue.code === 'too_small' && isPlain)
    return boundOf(issue.origin, issue.inclusive === true ? 'at least' : 'above', issue.minimum);
  if (issue.code === 'too_big' && isPlain)
    return boundOf(issue.origin, issue.inclusive === true ? 'at most' : 'below', issue.maximum);
  return issue.message;
}

function boundOf(origin: string, relation: string, bound: number | bigint): string {
  if (origin === 'string') return `must have ${relation} ${bound} characters`;
  return origin === 'array'
    ? `must have ${relation} ${bound} entries`
    : `must be ${relation} ${bound}`;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = Reflect.get(at, key);
  }
  return at;
}

function articleFor(type: string): string {
  const names: Readonly<Record<string, string>> = {
    string: 'a text',
    number: 'a number',
    int: 'a whole number',
    boolean: '`true` or `false`',
    array: 'a list',
    object: 'a block of keys',
    record: 'a block of names',
  };
  return names[type] ?? type;
}

function kindOf(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a block of keys';
  const text = String(value);
  return text.length <= longestShown ? `\`${text}\`` : `a text of ${text.length} characters`;
}
