import type { Chance } from './chance.ts';

/** Nested so deep that whatever calls itself for each level ends. */
const depth = 20_000;
const deepList = `${'['.repeat(depth)}${']'.repeat(depth)}`;
const deepObject = `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

/** JSON texts that nobody expects where a value stands. */
const oddJson: readonly string[] = [
  ...['null', 'true', '0', '-1', '1e308', '1e999', '-1e400', '9007199254740993', '0.1e-9', '""'],
  ...['[]', '{}', '[[]]', '[null]', '"\\u0000"', '"\\ud800"', '"<script>"', '"NaN"', '"-0"'],
  ...['"9999-12-31T23:59:59Z"', '"0000-00-00"', '"2026-02-30"', '253402300800000', '8.64e15'],
  ...['{"__proto__":{"polluted":true}}', '{"constructor":{"prototype":{"polluted":true}}}'],
  ...['"__proto__"', '"constructor"', '"hasOwnProperty"', '{"toString":1,"length":-1}'],
  ...['"\\u202e gnirts"', '"1,234.56"', '"1e5"', '" "', '99999999999999999999999999'],
  ...[JSON.stringify('x'.repeat(200_000)), deepList, deepObject],
];

/** A JSON text with one or more places made odd, or spoilt as a whole. */
export function spoiltJson(text: string, chance: Chance): string {
  if (chance.is(0.25)) return spoiltText(text, chance);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return spoiltText(text, chance);
  }
  const odd = new Map<string, string>();
  for (let times = 1 + chance.whole(3); times > 0; times -= 1)
    value = changedAt(value, chance, odd);
  let spoilt = JSON.stringify(value);
  for (const [mark, json] of odd) spoilt = spoilt.replace(`"${mark}"`, () => json);
  return spoilt;
}

function changedAt(value: unknown, chance: Chance, odd: Map<string, string>): unknown {
  if (Array.isArray(value) && value.length > 0 && chance.is(0.85)) {
    const at = chance.whole(value.length);
    if (chance.is(0.08)) return value.toSpliced(at, 1);
    if (chance.is(0.05)) return [...value, ...value];
    return value.with(at, changedAt(value[at], chance, odd));
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && chance.is(0.9)) {
    const entries = Object.entries(value);
    if (entries.length === 0) return marked(chance, odd);
    const [name, within] = chance.pick(entries);
    const others = entries.filter(([each]) => each !== name);
    if (chance.is(0.12)) return Object.fromEntries(others);
    if (chance.is(0.08)) return { ...value, [chance.pick(oddNames)]: within };
    return { ...value, [name]: changedAt(within, chance, odd) };
  }
  return marked(chance, odd);
}

const oddNames = ['constructor', 'prototype', 'toString', '', 'length', '$ref', '0'] as const;

/** Stands for a text that no value of ours could become, such as `1e999`. */
function marked(chance: Chance, odd: Map<string, string>): string {
  const mark = `odd-${odd.size}-${chance.whole(1e9)}`;
  odd.set(mark, chance.pick(oddJson));
  return mark;
}

/** What proxies, broken lines and other programs make of a text. */
export function spoiltText(text: string, chance: Chance): string {
  const at = chance.whole(text.length + 1);
  switch (chance.whole(9)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return '';
    case 2:
      return '<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>';
    case 3:
      return `${text.slice(0, at)}\u0000\ufffd${text.slice(at)}`;
    case 4:
      return `\ufeff${text}`;
    case 5:
      return text + text;
    case 6:
      return chance.pick(oddJson);
    case 7:
      return text.slice(at);
    default:
      return text.replaceAll('"', "'");
  }
}

/** The same text in bytes that are not, or not quite, UTF-8. */
export function oddBytes(text: string, chance: Chance): Buffer {
  switch (chance.whole(6)) {
    case 0:
      return Buffer.from(text, 'utf16le');
    case 1:
      return Buffer.from(text, 'latin1');
    case 2: {
      const bytes = Buffer.from(text);
      if (bytes.length > 0) bytes[chance.whole(bytes.length)] = 0xff;
      return bytes;
    }
    default:
      return Buffer.from(text);
  }
}
