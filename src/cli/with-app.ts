import type { App } from '../app.ts';
import { loadConfig } from '../config/load.ts';
import { loadPolicy } from '../config/load-policy.ts';
import type { ConnectionId } from '../domain/ids.ts';
import { systemClock } from '../lib/clock.ts';
import type { RunContext } from '../run/context.ts';
import type { Invocation } from './command.ts';
import { screenProgress } from './progress.ts';
import { usageInvalid } from './usage-invalid.ts';

/** Reads config and policy, opens the app, and closes it whatever comes. */
export async function withApp<T>(
  { flags, folder, variables, log }: Invocation,
  work: (app: App) => Promise<T>,
): Promise<T> {
  const config = loadConfig({
    folder,
    variables,
    configFile: flags.text('config'),
    policyFile: flags.text('policy'),
  });
  const policy = loadPolicy(config.policyFile, folder);
  // Loaded late: help and a broken config answer at once.
  const { openApp } = await import('../app.ts');
  const app = await openApp({ config, policy, clock: systemClock, log });
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}

/** Opens one connection of the app with progress on the screen, and closes it whatever comes. */
export async function withConnection<T>(
  app: App,
  id: ConnectionId,
  { screen, signal }: Pick<Invocation, 'screen' | 'signal'>,
  work: (ctx: RunContext) => Promise<T>,
): Promise<T> {
  const progress = screenProgress(screen, systemClock);
  try {
    const opened = await app.openConnection(id, { progress, signal });
    try {
      return await work(opened.context);
    } finally {
      await opened.close();
    }
  } finally {
    progress.close();
  }
}

/** `withApp` and `withConnection` for a command that works on one. */
export async function withOneConnection<T>(
  invocation: Invocation,
  work: (ctx: RunContext, app: App) => Promise<T>,
): Promise<T> {
  return await withApp(invocation, async (app) =>
    withConnection(app, onlyConnection(app, invocation), invocation, (ctx) => work(ctx, app)),
  );
}

function onlyConnection({ config }: App, { flags }: Invocation): ConnectionId {
  const named = flags.text('connection');
  if (named !== undefined) return named;
  const [first, ...others] = config.connections;
  if (first !== undefined && others.length === 0) return first.id;
  const names = config.connections.map(({ id }) => id).join(', ');
  throw usageInvalid(
    `There are several connections: ${names}`,
    'Say which with --connection <name>.',
  );
}
