import { describe, expect, it } from 'vitest';
import { allowanceOf, allowOptions } from '../../src/cli/allowance.ts';
import type { Command } from '../../src/cli/command.ts';
import { parseFlags } from '../../src/cli/parse-flags.ts';

const command: Command = {
  ...{ name: 'run', summary: '', takes: '', positionals: { least: 0, most: 0 } },
  ...{ options: allowOptions, about: '', examples: [], run: async () => 0 },
};

function allowed(...args: readonly string[]) {
  return allowanceOf(parseFlags(command, args));
}

describe('--allow', () => {
  it('names guards, once or several times, each counted once, with a reason', () => {
    const why = ['--why', ' we moved '];
    expect(allowed('--allow', 'canary', '--allow=tier-revenue, canary', ...why)).toEqual({
      guards: ['canary', 'tier-revenue'],
      why: 'we moved',
    });
  });

  it('lets nothing pass where it is not given', () => {
    expect(allowed()).toBeNull();
    expect(allowed('--why', 'a word of its own')).toBeNull();
  });

  it.each([
    [
      ['--allow', 'tier-customer', '--why', 'x'],
      /no guard "tier-customer"/,
      /Did you mean tier-customers\? .*source-empty/,
    ],
    [
      ['--allow', 'everything', '--why', 'x'],
      /no guard "everything"/,
      /They are: tier-customers, .*canary\.$/,
    ],
    [['--allow', 'canary'], /needs a reason/, /--why/],
    [['--allow', 'canary', '--why', '  '], /needs a reason/, /--why/],
  ])('is refused with what to do: %j', (args, message, todo) => {
    expect(() => allowed(...args)).toThrowError(
      expect.objectContaining({
        code: 'USAGE_INVALID',
        message: expect.stringMatching(message),
        todo: expect.stringMatching(todo),
      }),
    );
  });
});
