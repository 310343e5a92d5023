import { type App, openApp } from '../../../src/app.ts';
import { secretsFrom } from '../../../src/config/secrets.ts';
import { AssayError } from '../../../src/domain/assay-error.ts';
import { silentProgress } from '../../../src/domain/progress.ts';
import { defaultWrites, type WriteSettings } from '../../../src/domain/write-settings.ts';
import type { Clock } from '../../../src/lib/clock.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import type { LogFacts, Logger } from '../../../src/lib/logger.ts';
import { Secret } from '../../../src/lib/secret.ts';
import type { Policy } from '../../../src/policy/schema.ts';
import type { RunContext } from '../../../src/run/context.ts';
import { policy } from '../../score/default-policy.ts';
import type { Tenant } from './tenant.ts';

/** An Assay with a store of its own beside a tenant, in this process. */
export type Desk = {
  readonly app: App;
  readonly tenant: Tenant;
  readonly clock: Clock;
  readonly log: Logger;
  readonly connected: <T>(work: (ctx: RunContext) => Promise<T>) => Promise<T>;
  /** All that was logged or said, for whoever looks for secrets. */
  readonly said: string[];
  /** Time passes, in the CRM and here. */
  readonly rest: (ms: number) => void;
  readonly close: () => Promise<void>;
};

/** Half a small base may move; a canary of a few, so that a small base has one. */
const writes: WriteSettings = {
  ...defaultWrites,
  brake: {
    ...{ tierCustomers: null, tierRevenue: null, tierSizes: false, customersFell: 0.1 },
    ...{ revenueFell: null, currencyMix: null, dataQuality: null, leastCustomers: 20 },
  },
  canary: 20,
};

export async function openDesk(
  tenant: Tenant,
  databaseUrl: string,
  signal: AbortSignal,
  by: Policy = policy,
): Promise<Desk> {
  const said: string[] = [];
  const rested = { ms: 0 };
  const clock = patient(tenant, signal, rested);
  const log = loggerInto(said);
  const app = await openApp({
    config: {
      ...{ store: { kind: 'server', url: new Secret(databaseUrl) }, policyFile: '' },
      secretKey: new Secret('00112233'.repeat(8)),
      secrets: secretsFrom(tenant.secrets),
      connections: [
        {
          ...{ id: 'main', crm: tenant.crm, settings: tenant.settings, writes },
          ...{ subject: 'contact', attribution: 'split', language: 'en' },
        },
      ],
    },
    ...{ policy: by, clock, log },
  });
  return {
    ...{ app, tenant, clock, log, said },
    connected: async (work) => {
      const opened = await app.openConnection('main', { progress: silentProgress, signal });
      try {
        return await work(opened.context);
      } finally {
        await opened.close();
      }
    },
    rest: (ms) => {
      rested.ms += ms;
      tenant.wait(ms);
    },
    close: () => app.close(),
  };
}

/** Waiting costs the CRM's time, not ours; rest costs both. */
function patient(tenant: Tenant, stop: AbortSignal, rested: { readonly ms: number }): Clock {
  return {
    now: () => systemClock.now() + rested.ms,
    sleep: async (ms, signal) => {
      tenant.wait(Math.min(ms, 600_000));
      await systemClock.sleep(2, signal === undefined ? stop : AbortSignal.any([signal, stop]));
    },
  };
}

function loggerInto(said: string[]): Logger {
  const note = (facts: LogFacts, event: string) => {
    said.push(`${event} ${JSON.stringify(facts, plain)}`);
  };
  return { debug: note, info: note, warn: note, error: note };
}

function plain(_key: string, value: unknown): unknown {
  if (value instanceof Error) return `${value.message} ${value.stack}`;
  return typeof value === 'bigint' ? String(value) : value;
}

/** Whether an error is one that an operator can act on; else what is wrong with it. */
export function unclear(error: unknown): string | null {
  if (!(error instanceof AssayError))
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  return unclearWords(error);
}

/** As {@link unclear}, of what a report says. */
export function unclearWords(said: {
  readonly code: string;
  readonly message: string;
  readonly todo: string;
}): string | null {
  const { code, message, todo } = said;
  if (code === 'UNEXPECTED' || !/^[A-Z][A-Z0-9_]+$/.test(code)) return `${code}: ${message}`;
  if (/\n\s+at /.test(message)) return `${code} shows a stack: ${message}`;
  if (/(?<!received )\bundefined\b|\[object Object\]|\bNaN\b/.test(message))
    return `${code} says: ${message}`;
  return todo.trim() === '' ? `${code} says nothing of what to do` : null;
}
