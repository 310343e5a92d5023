import type { Chance } from './chance.ts';

const texts = [
  ...[
    '',
    ' ',
    '\u0000',
    'a\u0000b',
    '\ud800',
    '\ufeff',
    '\u202e',
    '😀',
    '٣',
    'NaN',
    '-0',
    'true',
    'null',
  ],
  ...['9999-12-31T23:59:59Z', '0000-00-00', '2026-02-30', '-271821-04-21T00:00:00Z', '20111-01-01'],
  ...[
    '+275760-09-13T00:00:00.001Z',
    '2026-11-22T10:00:00+99:99',
    '253402300800000',
    '8640000000000001',
  ],
  ...[
    '1e999',
    '-1e400',
    '1e308',
    '0.1e-9',
    '1,234.56',
    '9'.repeat(400),
    '-9007199254740993',
    'Infinity',
  ],
  ...[
    '__proto__',
    'constructor',
    '../../oauth',
    '{"a":1}',
    ';;;',
    '[object Object]',
    'x'.repeat(20_000),
  ],
  ...["'; drop table plans; --", '%00', '<script>', 'a@b', '0', '-1', '1', '4711'],
] as const;
const numbers = [
  ...[
    0,
    -1,
    1,
    0.1,
    -0.5,
    2 ** 31,
    2 ** 53 - 1,
    1e15,
    1e21,
    1e308,
    -1e308,
    1e-9,
    253_402_300_800_000,
  ],
] as const;

/** JSON of the same form in which some values are none that anybody meant. */
export function sameShape(text: string, chance: Chance): string {
  const share = chance.pick([0.003, 0.02, 0.1]);
  try {
    return JSON.stringify(JSON.parse(text), (_key, value: unknown) => {
      if (typeof value === 'string' && chance.is(share)) return chance.pick(texts);
      if (typeof value === 'number' && chance.is(share)) return chance.pick(numbers);
      if (typeof value === 'boolean' && chance.is(share)) return !value;
      return value;
    });
  } catch {
    return text;
  }
}
