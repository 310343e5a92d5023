import { planPull, pullPage } from '../../../connectors/zoho/pull.ts';
import { openPull, type PullContext } from '../../../connectors/zoho/pull-context.ts';
import type { Session } from '../../../connectors/zoho/session.ts';
import { generatedWorld } from '../../../sandbox/data/generate.ts';
import { AdjustableClock } from '../../../sandbox/kit/adjustable-clock.ts';
import { loadWorld } from '../../../sandbox/zoho/load.ts';
import type { ModuleName } from '../../../sandbox/zoho/module-names.ts';
import { Org } from '../../../sandbox/zoho/org.ts';
import type { OrgOptions } from '../../../sandbox/zoho/org-options.ts';
import { defaultToken } from '../../../sandbox/zoho/sandbox-options.ts';
import {
  startZohoSandbox,
  type ZohoSandbox,
  type ZohoSandboxOptions,
} from '../../../sandbox/zoho/server.ts';
import { worldSettings } from '../../../sandbox/zoho/world-settings.ts';
import type { Deal } from '../../../src/domain/deal.ts';
import type { Puller } from '../../contract/pull-all.ts';
import { memoryStores } from './memory-stores.ts';
import { type OtherApp, otherAppOf } from './other-app.ts';
import { openedAt, type SessionSetup } from './session-under-test.ts';

export type ReadingSetup = {
  /** Default 230 and 610. */
  readonly contacts?: number;
  readonly deals?: number;
  readonly org?: Partial<OrgOptions>;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly sandbox?: ZohoSandboxOptions;
  /** The world's modified times are spread over so long, up to a day ago. */
  readonly modifiedSpread?: number;
};

/** A process that reads. */
export type Reader = Puller & { readonly session: Session; readonly context: PullContext };

export type ReadingOrg = {
  readonly sandbox: ZohoSandbox;
  readonly org: Org;
  /** Another person and app. */
  readonly other: OtherApp;
  readonly open: (setup?: SessionSetup) => Reader;
  readonly stores: (deals: readonly Deal[]) => void;
  readonly liveIds: (module: ModuleName) => readonly string[];
  /** A person changes a record now, or a second's part earlier or later. */
  readonly touch: (module: ModuleName, ids: readonly string[], shiftMs?: number) => void;
  /** What the sandbox has seen since it was asked last. */
  readonly cost: () => { readonly calls: number; readonly credits: number };
  readonly close: () => Promise<void>;
};

/** A sandbox with a world in it, a day old, and sessions that only read. */
export async function startReading(setup: ReadingSetup = {}): Promise<ReadingOrg> {
  const { contacts = 230, deals = 610, modifiedSpread = 0 } = setup;
  const world = generatedWorld({ contacts, deals, seed: 7 });
  const clock = new AdjustableClock();
  const { currency: homeCurrency, timeZone } = world;
  const org = new Org({ clock: clock.now, homeCurrency, timeZone, ...setup.org });
  loadWorld(org, world, { loadedAt: clock.now() - 86_400_000, modifiedSpread });
  const person = { token: '1000.other-app', userId: org.users.other.id };
  const started = { org, clock, tokens: [defaultToken, person], ...setup.sandbox };
  const sandbox = await startZohoSandbox(started);
  const memory = memoryStores();
  let stored: readonly Deal[] = [];
  const open = (more: SessionSetup = {}): Reader => {
    const base = { fields: worldSettings, lookbackMs: 0, bulkPollMs: 10 };
    const session = openedAt(sandbox.url, {
      memory,
      stored: { dealsOf: async (customers) => dealsAmong(stored, new Set(customers)) },
      ...more,
      settings: { ...base, ...setup.settings, ...more.settings },
    });
    const context = openPull(session);
    return {
      ...{ session, context },
      planPull: (request, signal) => planPull(context, request, signal),
      pullPage: (task, signal) => pullPage(context, task, signal),
    };
  };
  const other = otherAppOf(sandbox, person.token);
  const touch = (module: ModuleName, ids: readonly string[], shiftMs = 0) => {
    const values = module === 'Deals' ? { Amount: 12.34 } : { Mailing_Country: 'Elsewhere' };
    const modifiedAt = org.now() + shiftMs;
    for (const id of ids)
      org.records[module].change(id, { values, modifiedAt, modifiedBy: org.users.other.id });
  };
  const cost = () => {
    const { total: calls, cost: credits = 0 } = sandbox.calls.report();
    sandbox.calls.reset();
    return { calls, credits };
  };
  return {
    ...{ sandbox, org, open, other, touch, cost },
    stores: (kept) => {
      stored = kept;
    },
    liveIds: (module) => org.records[module].byId().map(({ id }) => id),
    close: async () => await sandbox.close(),
  };
}

function dealsAmong(deals: readonly Deal[], customers: ReadonlySet<string>): readonly string[] {
  const theirs = deals.filter((deal) => (deal.customers ?? []).some(({ id }) => customers.has(id)));
  return theirs.map(({ id }) => id);
}
