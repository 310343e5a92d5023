import type { Config } from '../../config/config.ts';
import { AssayError } from '../../domain/assay-error.ts';
import { systemClock } from '../../lib/clock.ts';
import type { CommandBody, Invocation } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { leaveInTime } from '../service/leave-in-time.ts';
import { listenError } from '../service/listen-error.ts';
import { addressOf, parallelOf, serviceOptions, watchOptions } from '../service/options.ts';
import { readConfig, withApp } from '../with-app.ts';

/** `assay worker`. */
export const worker: CommandBody = {
  takes: '',
  positionals: { least: 0, most: 0 },
  needs: 'service',
  options: [...serviceOptions, ...watchOptions],
  logLevel: 'info',
  about: `Does what \`assay serve\` and webhooks ask for, until Ctrl-C or SIGTERM: any number of them, on any
number of machines, over one Postgres server. A connection is worked on by one at a time. It needs no
address, and keeps no schedule: one \`assay serve\` has to run as well. When told to stop it finishes its
batch, saves, and leaves within 20 seconds.`,
  examples: [
    { line: 'worker', does: 'one more, for four connections at once' },
    { line: 'worker --parallel 16', does: 'for many small portals' },
    { line: 'worker --port 9100', does: 'and Prometheus may ask it' },
  ],
  run: workUntilStopped,
};

async function workUntilStopped(invocation: Invocation): Promise<0> {
  const { flags, log, signal, screen } = invocation;
  const parallel = parallelOf(flags);
  const address = flags.text('port') === undefined ? null : addressOf(flags);
  const config = readConfig(invocation);
  if (config.store.kind === 'folder') throw needsServer(config.store);
  leaveInTime(signal, log);
  await withApp(config, invocation, async (app) => {
    const { runWatchedWorker, runWorker } = await import('../service/serve-app.ts');
    screen.say(`Assay works on up to ${parallel} connections at once, until Ctrl-C.`);
    const service = { app, clock: systemClock, log, parallel, signal };
    if (address === null) return await runWorker(service);
    try {
      await runWatchedWorker(service, address);
    } catch (error) {
      throw listenError(error, address);
    }
  });
  return exitCodes.done;
}

function needsServer({ folder }: Extract<Config['store'], { kind: 'folder' }>): AssayError {
  return new AssayError(
    'WORKER_NEEDS_SERVER',
    'refuse-to-start',
    `The store is the folder ${folder}, which one process alone can open: there is nothing to share.`,
    'Set DATABASE_URL to a PostgreSQL server, or use `assay serve` alone: it works by itself.',
  );
}
