import type { App } from '../../app.ts';
import { webhookAddress } from '../../connector/webhook-address.ts';
import { AssayError } from '../../domain/assay-error.ts';
import { upcoming } from '../../jobs/schedule.ts';
import { systemClock } from '../../lib/clock.ts';
import type { CommandBody, Invocation } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { leaveInTime } from '../service/leave-in-time.ts';
import { listenError } from '../service/listen-error.ts';
import { addressOf, listenOptions, parallelOf, serviceOptions } from '../service/options.ts';
import { renderServing, type WebhookPlace } from '../views/serve.ts';
import { readConfig, withApp } from '../with-app.ts';

/** `assay serve`. */
export const serve: CommandBody = {
  takes: '',
  positionals: { least: 0, most: 0 },
  needs: 'service',
  options: [...listenOptions, ...serviceOptions],
  logLevel: 'info',
  about: `Works by itself until Ctrl-C or SIGTERM: takes webhooks, keeps the schedule of each connection and does
what they ask for, in one process. What was missed while it did not run is made up once. On a folder other
commands work beside it; on a Postgres server any number of it, and of \`assay worker\`, share the work. When told
to stop it finishes its batch, saves, and leaves within 20 seconds. Logs go to stderr, one event a line.
With --json: {"url","webhooks":[{"connection","address"}],"schedule":[…]} once it is ready.`,
  examples: [
    { line: 'serve', does: 'on this machine, at http://127.0.0.1:8080' },
    { line: 'serve --host 0.0.0.0 --port 80', does: 'in a container' },
  ],
  run: serveUntilStopped,
};

async function serveUntilStopped(invocation: Invocation): Promise<0> {
  const { flags, log, signal } = invocation;
  const address = addressOf(flags);
  const parallel = parallelOf(flags);
  leaveInTime(signal, log);
  await withApp(readConfig(invocation), invocation, async (app) => {
    const other = await app.store.service();
    if (other !== null) throw serviceRunning(other);
    const { serveApp } = await import('../service/serve-app.ts');
    const service = { app, clock: systemClock, log, parallel, signal };
    const onReady = async (url: string): Promise<void> => await show(app, url, invocation);
    try {
      await serveApp(service, { ...address, onReady });
    } catch (error) {
      throw listenError(error, address);
    }
  });
  return exitCodes.done;
}

/** Two of them would keep the same schedule with a queue each. */
function serviceRunning(pid: number): AssayError {
  return new AssayError(
    'SERVICE_RUNNING',
    'refuse-to-start',
    `\`assay serve\` is at work on this folder already, in process ${pid}.`,
    `Leave it be, or end it first (Ctrl-C, or \`kill ${pid}\`: it stops at its next batch). Several share a Postgres server: DATABASE_URL.`,
  );
}

async function show(app: App, url: string, { screen }: Invocation): Promise<void> {
  const source = await app.schedule();
  const schedule = await upcoming(source);
  const webhooks = placesOf(app);
  screen.result({ url, webhooks, schedule }, () => renderServing(url, webhooks, schedule));
}

function placesOf(app: App): readonly WebhookPlace[] {
  const { publicUrl = null, secretKey: key } = app.config;
  return app.webhooks().map(({ connection, receiver: { proof } }) => ({
    connection,
    address: publicUrl === null ? null : webhookAddress({ connection, proof, publicUrl, key }),
  }));
}
