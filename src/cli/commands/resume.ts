import { systemClock } from '../../lib/clock.ts';
import { resumeConnection } from '../../run/resume.ts';
import type { CommandBody } from '../command.ts';
import { connectionIn } from '../connection-in.ts';
import { exitCodes } from '../exit-code.ts';
import { configOptions } from '../option.ts';
import { askToWork } from '../service/ask-to-work.ts';
import { renderResumed } from '../views/stop.ts';
import { readConfig, withApp } from '../with-app.ts';

/** `assay resume`. */
export const resume: CommandBody = {
  takes: '<connection>',
  positionals: { least: 1, most: 1 },
  needs: 'operator',
  options: [
    { kind: 'text', name: 'why', value: 'text', help: 'The reason, for the log' },
    ...configOptions,
  ],
  about: `Lets a stopped connection go on: a run that was cut short from its checkpoint, webhooks that were kept, schedules
that are due. Workers on a server are told at once. After a rollback the next run reads everything anew and compares
every customer, so mend first what led to it: what was taken back is written again where the policy and the data
still say so.
With --json: {"connection","stop","asked","plan"}.`,
  examples: [{ line: "resume main --why 'The stage is mapped rightly'", does: 'work goes on' }],
  run: async (invocation) => {
    const { flags, screen, log } = invocation;
    const config = readConfig(invocation);
    const connection = connectionIn(config, flags.positionals[0]);
    const why = flags.text('why')?.trim() ?? '';
    await withApp(config, invocation, async (app) => {
      const { store, actor } = app;
      const word = { by: actor.name, why: why === '' ? null : why };
      const resumed = await resumeConnection({ store, clock: systemClock }, connection, word);
      const asked = resumed.stop === null ? false : await askToWork(app, connection, log);
      await store.flush();
      const { stop, plan } = resumed;
      screen.result({ connection, stop, asked, plan: plan?.id ?? null }, () =>
        renderResumed({ ...resumed, connection, asked }),
      );
    });
    return exitCodes.done;
  },
};
