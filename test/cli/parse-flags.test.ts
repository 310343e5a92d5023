import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/cli/command.ts';
import { parseFlags } from '../../src/cli/parse-flags.ts';

const command: Command = {
  name: 'explain',
  summary: '',
  takes: '<customer>',
  positionals: { least: 1, most: 1 },
  options: [
    { kind: 'text', name: 'as-of', value: 'day', help: '' },
    { kind: 'text', name: 'connection', value: 'name', help: '' },
    { kind: 'flag', name: 'full', help: '' },
  ],
  about: '',
  examples: [],
  run: async () => 0,
};

function parse(...args: readonly string[]) {
  return parseFlags(command, args);
}

describe('what is typed', () => {
  it('is read in any order and either form', () => {
    const flags = parse('--connection=main', '17850', '--as-of', '2011-12-10', '--json');
    expect(flags.text('connection')).toBe('main');
    expect(flags.day('as-of')).toBe('2011-12-10');
    expect(flags.isSet('json')).toBe(true);
    expect(flags.isSet('full')).toBe(false);
    expect(flags.positionals).toEqual(['17850']);
  });

  it.each([
    [['1', '--conection', 'main'], /no option --conection/, /--connection\?/],
    [['1', '-x'], /no option -x/, /--help/],
    [['1', '--as-of'], /--as-of needs a value/, /--as-of <day>/],
    [['1', '--full=yes'], /--full takes no value/, /alone/],
    [[], /needs <customer>/, /--help/],
    [['1', '2'], /what to do with "2"/, /--help/],
  ])('is refused with what to do: %j', (args, message, todo) => {
    expect(() => parse(...args)).toThrowError(
      expect.objectContaining({
        code: 'USAGE_INVALID',
        disposition: 'refuse-to-start',
        message: expect.stringMatching(message),
        todo: expect.stringMatching(todo),
      }),
    );
  });

  it.each(['2011-02-30', '11-12-2010', 'today'])('is no day: %s', (text) => {
    expect(() => parse('1', '--as-of', text).day('as-of')).toThrowError(/takes a day/);
  });

  it('is no day to count to while it lies in the future everywhere', () => {
    const now = Date.parse('2026-11-22T12:00:00Z');
    expect(parse('1', '--as-of', '2026-11-23').day('as-of', now)).toBe('2026-11-23');
    expect(() => parse('1', '--as-of', '2026-11-24').day('as-of', now)).toThrowError(/future/);
  });

  it('needs nothing else beside --help', () => {
    expect(parse('--help').isSet('help')).toBe(true);
  });
});

describe('an option that is given several times', () => {
  it('counts every time, and the last where one is asked for', () => {
    const flags = parse('1', '--connection', 'a', '--connection=b');
    expect(flags.texts('connection')).toEqual(['a', 'b']);
    expect(flags.text('connection')).toBe('b');
    expect(flags.texts('as-of')).toEqual([]);
    expect(parse('1', '--full', '--full').isSet('full')).toBe(true);
  });
});
