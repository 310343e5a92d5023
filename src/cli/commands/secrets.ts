import type { CommandBody } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { configOptions } from '../option.ts';
import { usageInvalid } from '../usage-invalid.ts';
import { renderResealing } from '../views/secrets.ts';
import { readConfig, withApp } from '../with-app.ts';

/** `assay secrets`. */
export const secrets: CommandBody = {
  takes: 'rotate',
  positionals: { least: 1, most: 1 },
  needs: 'admin',
  options: configOptions,
  about: `Seals all tokens in the store under ASSAY_SECRET_KEY that are still sealed under
ASSAY_SECRET_KEY_OLD. First give both to every process of Assay and start them again: with both, either
key's tokens are read. Then rotate; then take the old key out. Safe to repeat, and to end at any point.
With --json: {"resealed","current","unreadable":[{"place","connection","id"}]}; ends with 1 when something
opens with neither key.`,
  examples: [{ line: 'secrets rotate', does: 'after both keys are in the environment' }],
  run: async (invocation) => {
    const [verb = ''] = invocation.flags.positionals;
    if (verb !== 'rotate')
      throw usageInvalid(`assay secrets does not know "${verb}"`, 'Write `assay secrets rotate`.');
    return await withApp(readConfig(invocation), invocation, async (app) => {
      const done = await app.reseal(invocation.signal);
      invocation.screen.result(done, () => renderResealing(done));
      return done.unreadable.length === 0 ? exitCodes.done : exitCodes.rejections;
    });
  },
};
