import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generatedWorld } from '../../sandbox/data/generate.ts';
import type { World } from '../../sandbox/data/world.ts';
import { type Loaded, loadWorld } from '../../sandbox/hubspot/load.ts';
import { Portal } from '../../sandbox/hubspot/portal.ts';
import {
  type HubSpotSandbox,
  type HubSpotSandboxOptions,
  startHubSpotSandbox,
} from '../../sandbox/hubspot/server.ts';
import { AdjustableClock } from '../../sandbox/kit/adjustable-clock.ts';
import { type App, openApp } from '../../src/app.ts';
import type { Config } from '../../src/config/config.ts';
import { secretsFrom } from '../../src/config/secrets.ts';
import { silentProgress } from '../../src/domain/progress.ts';
import type { Attribution } from '../../src/domain/subject.ts';
import { type Clock, systemClock } from '../../src/lib/clock.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import type { Secret } from '../../src/lib/secret.ts';
import type { Language } from '../../src/policy/language.ts';
import type { RunContext } from '../../src/run/context.ts';
import { provisionConnection } from '../../src/run/provision.ts';
import type { RunReport } from '../../src/run/report.ts';
import { runConnection } from '../../src/run/run-connection.ts';
import { policy } from '../score/default-policy.ts';
import { emptyStore } from '../store/empty-store.ts';

/** The day after the generated data ends. */
export const AS_OF = '2026-11-01';

export type WorkbenchOptions = {
  readonly contacts?: number;
  readonly deals?: number;
  readonly oddities?: boolean;
  readonly attribution?: Attribution;
  readonly language?: Language;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly sandbox?: HubSpotSandboxOptions;
  /** Of a PostgreSQL server for the store. Default: a folder. */
  readonly databaseUrl?: Secret;
};

/** A portal with a world in it, and an Assay with an empty store beside it. */
export type Workbench = {
  readonly sandbox: HubSpotSandbox;
  readonly world: World;
  readonly loaded: Loaded;
  readonly app: App;
  /** Opens the connection as a process of its own would, works, closes it. */
  readonly connected: <T>(
    work: (ctx: RunContext) => Promise<T>,
    signal?: AbortSignal,
  ) => Promise<T>;
  readonly provision: () => Promise<void>;
  readonly run: (options?: {
    full?: boolean;
    asOf?: string;
    signal?: AbortSignal;
  }) => Promise<RunReport>;
  /** Calls that the portal answered during `work`. */
  readonly callsOf: <T>(work: () => Promise<T>) => Promise<{ value: T; calls: number }>;
  /** Closes the store and opens it again, as after a restart. */
  readonly restart: () => Promise<void>;
  /** Closes the store while another process has it, and opens it again. */
  readonly away: <T>(work: (folder: string) => Promise<T>) => Promise<T>;
  /** Long enough for search to show everything and for the window to close over it. */
  readonly settle: () => void;
  readonly close: () => Promise<void>;
};

/** Retries at once: the sandbox's faults pass by themselves. */
const impatient: Clock = { now: systemClock.now, sleep: async () => undefined };

export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const { contacts = 120, deals = 400, oddities = false } = options;
  const world = generatedWorld({ contacts, deals, seed: 11, until: AS_OF });
  const clock = new AdjustableClock();
  const portal = new Portal({
    clock: clock.now,
    companyCurrency: world.currency,
    timeZone: world.timeZone,
  });
  const loaded = loadWorld(portal, world, { loadedAt: clock.now() - 86_400_000, oddities });
  const sandbox = await startHubSpotSandbox({ portal, clock, ...options.sandbox });
  const folder = await mkdtemp(join(tmpdir(), 'assay-run-'));
  if (options.databaseUrl === undefined) await emptyStore(folder);
  return workbench({ sandbox, world, loaded }, benchConfig(sandbox, folder, options), folder);
}

async function workbench(
  ground: Pick<Workbench, 'sandbox' | 'world' | 'loaded'>,
  config: Config,
  folder: string,
): Promise<Workbench> {
  const { sandbox } = ground;
  const open = () => openApp({ config, policy, clock: impatient, log: silentLogger });
  let app = await open();
  const connected: Workbench['connected'] = async (work, signal = new AbortController().signal) => {
    const opened = await app.openConnection('main', { progress: silentProgress, signal });
    try {
      return await work(opened.context);
    } finally {
      await opened.close();
    }
  };
  return {
    ...ground,
    get app() {
      return app;
    },
    connected,
    provision: async () => {
      await connected((ctx) =>
        provisionConnection(ctx, { remove: false, rebuildDeletedLists: false }),
      );
    },
    run: ({ full = false, asOf = AS_OF, signal } = {}) =>
      connected((ctx) => runConnection(ctx, { full, asOf }), signal),
    callsOf: async (work) => {
      const before = sandbox.calls.all().length;
      const value = await work();
      return { value, calls: sandbox.calls.all().length - before };
    },
    restart: async () => {
      await app.close();
      app = await open();
    },
    away: async (work) => {
      await app.close();
      try {
        return await work(folder);
      } finally {
        app = await open();
      }
    },
    settle: () => sandbox.clock.advance(10_000),
    close: async () => {
      await app.close();
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** One connection on a sandbox, its store in a folder. */
export function benchConfig(
  sandbox: Pick<HubSpotSandbox, 'url' | 'token'>,
  folder: string,
  options: WorkbenchOptions = {},
): Config {
  const { attribution = 'split', language = 'en', settings = {}, databaseUrl: url } = options;
  return {
    store: url === undefined ? { kind: 'folder', folder } : { kind: 'server', url },
    connections: [
      {
        id: 'main',
        crm: 'hubspot',
        subject: 'contact',
        attribution,
        language,
        settings: {
          ...{ token: 'TOKEN', baseUrl: sandbox.url, settleMs: 0, lookbackMs: 0, rateShare: 1 },
          ...{ plan: 'enterprise', timeoutMs: 5_000 },
          ...settings,
        },
      },
    ],
    policyFile: '',
    secretKey: null,
    secrets: secretsFrom({ TOKEN: sandbox.token }),
  };
}
