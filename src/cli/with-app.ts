import type { App, Edge } from '../app.ts';
import type { Config } from '../config/config.ts';
import { loadConfig } from '../config/load.ts';
import { loadPolicy } from '../config/load-policy.ts';
import type { ConnectionId } from '../domain/ids.ts';
import type { WorkQueue } from '../jobs/work-queue.ts';
import { systemClock } from '../lib/clock.ts';
import type { RunContext } from '../run/context.ts';
import { allowanceOf } from './allowance.ts';
import type { Invocation } from './command.ts';
import { screenProgress } from './progress.ts';
import { usageInvalid } from './usage-invalid.ts';
import { whoActs } from './who-acts.ts';

/** The config that the command line and the environment point to. */
export function readConfig({ flags, folder, variables }: Invocation): Config {
  return loadConfig({
    folder,
    variables,
    configFile: flags.text('config'),
    policyFile: flags.text('policy'),
  });
}

/**
 * Opens the app for whoever acts, and closes it whatever comes. Without a policy that can be read nothing begins,
 * except where that is to be put right.
 */
export async function withApp<T>(
  config: Config,
  invocation: Invocation,
  work: (app: App) => Promise<T>,
  needs: 'a policy' | 'no policy' = 'a policy',
): Promise<T> {
  const { flags, folder, log } = invocation;
  // A misspelt guard is told before anything is opened.
  allowanceOf(flags);
  // Loaded late: help and a broken config answer at once.
  const { openApp } = await import('../app.ts');
  const policy = () => loadPolicy(config.policyFile, folder);
  const app = await openApp({ config, policy, clock: systemClock, log });
  try {
    const actor = await whoActs(app.store.access, invocation);
    if (needs === 'a policy') await app.standard.inForce();
    return await work(app.actingAs(actor));
  } finally {
    await app.close();
  }
}

/**
 * Opens the work queue alone, and closes it whatever comes. Who acts is asked of the store where that
 * is a server; a folder may be in use, and is the shell's user's own.
 */
export async function withQueue<T>(
  config: Config,
  invocation: Pick<Invocation, 'log' | 'needs' | 'variables'>,
  work: (queue: WorkQueue) => Promise<T>,
): Promise<T> {
  const { log } = invocation;
  if (config.store.kind === 'server') {
    const { withAccess } = await import('../intake.ts');
    await withAccess({ config, clock: systemClock, log }, (access) => whoActs(access, invocation));
  }
  const { openWorkQueue } = await import('../intake.ts');
  const queue = await openWorkQueue({ config, clock: systemClock, log });
  try {
    return await work(queue);
  } finally {
    await queue.close();
  }
}

/** Opens one connection of the app with progress on the screen, and closes it whatever comes. */
export async function withConnection<T>(
  app: App,
  id: ConnectionId,
  { flags, screen, signal }: Pick<Invocation, 'flags' | 'screen' | 'signal'>,
  work: (ctx: RunContext) => Promise<T>,
): Promise<T> {
  return await withEdge({ screen, signal }, async (edge) => {
    const opened = await app.openConnection(id, { ...edge, allowance: allowanceOf(flags) });
    try {
      return await work(opened.context);
    } finally {
      await opened.close();
    }
  });
}

/** With progress on the screen, which is taken away whatever comes. */
export async function withEdge<T>(
  { screen, signal }: Pick<Invocation, 'screen' | 'signal'>,
  work: (edge: Edge) => Promise<T>,
): Promise<T> {
  const progress = screenProgress(screen, systemClock);
  try {
    return await work({ progress, signal });
  } finally {
    progress.close();
  }
}

/** `withApp` and `withConnection` for a command that works on one. */
export async function withOneConnection<T>(
  invocation: Invocation,
  work: (ctx: RunContext, app: App) => Promise<T>,
): Promise<T> {
  const config = readConfig(invocation);
  const id = onlyConnection(config, invocation);
  return await withApp(config, invocation, async (app) =>
    withConnection(app, id, invocation, (ctx) => work(ctx, app)),
  );
}

function onlyConnection({ connections }: Config, { flags }: Invocation): ConnectionId {
  const named = flags.text('connection');
  if (named !== undefined) return named;
  const [first, ...others] = connections;
  if (first !== undefined && others.length === 0) return first.id;
  throw usageInvalid(
    `There are several connections: ${connections.map(({ id }) => id).join(', ')}`,
    'Say which with --connection <name>.',
  );
}
