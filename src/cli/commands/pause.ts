import type { App } from '../../app.ts';
import { systemClock } from '../../lib/clock.ts';
import type { CommandBody } from '../command.ts';
import { connectionIn } from '../connection-in.ts';
import { exitCodes } from '../exit-code.ts';
import { configOptions } from '../option.ts';
import { usageInvalid } from '../usage-invalid.ts';
import { renderPaused } from '../views/stop.ts';
import { readConfig, withApp } from '../with-app.ts';

/** `assay pause`. */
export const pause: CommandBody = {
  takes: '<connection>',
  positionals: { least: 1, most: 1 },
  needs: 'operator',
  options: [
    { kind: 'text', name: 'why', value: 'text', help: 'The reason; it is needed' },
    ...configOptions,
  ],
  about: `Stops a connection: nothing is read from its CRM or written to it, in whatever process works on it, from
the next batch on. What is on its way gets its receipts. Webhooks are kept, schedules stay due, nothing is tried
again or given up; a run started by hand is refused as well. Only \`assay resume\` lets it go on, and then
nothing is lost or written twice. With a folder as the store only one process can use it: stop \`assay serve\` or
the run first, which ends at its next batch as well.
With --json: {"connection","at","by","why","plan"}.`,
  examples: [
    { line: "pause main --why 'Everybody became Gold'", does: 'nothing more is written' },
    { line: 'doctor', does: 'shows who stopped it, and why' },
  ],
  run: async (invocation) => {
    const { flags, screen } = invocation;
    const why = flags.text('why')?.trim() ?? '';
    if (why === '')
      throw usageInvalid('assay pause needs a reason', 'Write --why "…": it stands in the log.');
    const config = readConfig(invocation);
    const connection = connectionIn(config, flags.positionals[0]);
    const stopped = async ({ store, actor }: App) => {
      const at = new Date(systemClock.now()).toISOString();
      const stop = { connection, at, by: actor.name, why };
      await store.stops.stop(stop);
      await store.flush();
      screen.result({ ...stop, plan: null }, () => renderPaused(stop));
    };
    await withApp(config, invocation, stopped, 'no policy');
    return exitCodes.done;
  },
};
