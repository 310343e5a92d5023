import { z } from 'zod';
import { connectors } from '../../../connectors/registry.ts';
import { generatedWorld } from '../../../sandbox/data/generate.ts';
import { loadWorld } from '../../../sandbox/hubspot/load.ts';
import type { ObjectType } from '../../../sandbox/hubspot/object-types.ts';
import { Portal } from '../../../sandbox/hubspot/portal.ts';
import {
  type HubSpotSandbox,
  type HubSpotSandboxOptions,
  startHubSpotSandbox,
} from '../../../sandbox/hubspot/server.ts';
import { AdjustableClock } from '../../../sandbox/kit/adjustable-clock.ts';
import type {
  Connector,
  CredentialStore,
  QuotaLedger,
  WrittenField,
} from '../../../src/connector/connector.ts';
import type { PullObject } from '../../../src/domain/pull-task.ts';
import type { Subject } from '../../../src/domain/subject.ts';
import { type Clock, systemClock } from '../../../src/lib/clock.ts';
import { silentLogger } from '../../../src/lib/logger.ts';
import { Secret } from '../../../src/lib/secret.ts';
import type { CrmUnderTest } from '../../contract/crm-under-test.ts';
import { sampleFields } from '../../contract/provision-samples.ts';
import {
  memoryCredentials,
  memoryFieldIds,
  memoryJobs,
  nothingStored,
} from '../../contract/stores-in-memory.ts';

export type PortalOptions = {
  readonly contacts?: number;
  readonly deals?: number;
  readonly oddities?: boolean;
  readonly companies?: boolean;
  readonly subject?: Subject;
  readonly fields?: readonly WrittenField[];
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly sandbox?: HubSpotSandboxOptions;
  readonly indexLagMs?: number;
};

export type PortalUnderTest = CrmUnderTest & {
  readonly sandbox: HubSpotSandbox;
  /** Calls as another app does; throws unless the answer is good. */
  readonly call: (method: string, path: string, body?: unknown) => Promise<unknown>;
  readonly opened: (extra?: Opening) => Connector;
  readonly ledger: ReadonlyMap<string, number>;
};

type Opening = {
  readonly fields?: readonly WrittenField[];
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly credentials?: CredentialStore;
  readonly clock?: Clock;
};

/** So many that only a test that lowers them ever meets a limit. */
const generous = { tenSecondly: 5_000, associations: 5_000, search: 1_000 } as const;
const otherApp = { token: 'pat-other-app', appId: '9009' };
const withId = z.object({ id: z.string() });

/** A sandbox with a world in it, a day old. */
export async function startPortal(options: PortalOptions = {}): Promise<PortalUnderTest> {
  const { contacts = 230, deals = 610, oddities = true, companies = false } = options;
  const world = generatedWorld({ contacts, deals, seed: 7 });
  const clock = new AdjustableClock();
  const portal = new Portal({
    clock: clock.now,
    companyCurrency: world.currency,
    timeZone: world.timeZone,
    indexLagMs: options.indexLagMs ?? 0,
  });
  loadWorld(portal, world, { loadedAt: clock.now() - 86_400_000, oddities, companies });
  const sandbox = await startHubSpotSandbox({
    ...{ portal, clock, limits: { plan: 'enterprise', override: generous } },
    tokens: [{ token: 'pat-under-test', appId: '1001' }, otherApp],
    ...options.sandbox,
  });
  return underTest(sandbox, options);
}

function underTest(sandbox: HubSpotSandbox, options: PortalOptions): PortalUnderTest {
  const subject = options.subject ?? 'contact';
  const customerType = subject === 'contact' ? 'contacts' : 'companies';
  const typeOf = (object: PullObject): ObjectType => (object === 'deals' ? 'deals' : customerType);
  const ledger = new Map<string, number>();
  const call = async (method: string, path: string, body?: unknown) => {
    const headers = {
      authorization: `Bearer ${otherApp.token}`,
      'content-type': 'application/json',
    };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(`${sandbox.url}${path}`, { method, headers, ...sent });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  let foreign = 0;
  const other = async (method: string, path: string, body?: unknown) => {
    foreign += 1;
    return await call(method, path, body);
  };
  const opened = (opening: Opening = {}) => open(sandbox, options, subject, ledger, opening);
  const record = (object: PullObject, id: string) => `/crm/v3/objects/${typeOf(object)}/${id}`;
  return {
    ...{ sandbox, ledger, opened, call: other },
    open: () => opened(),
    stores: () => undefined,
    liveIds: (object) => {
      const store = sandbox.portal.objects[typeOf(object)];
      return [...store.slotsFrom(0)].map((slot) => String(store.at(slot).id));
    },
    edit: async (object, id) => {
      const properties = object === 'deals' ? { amount: '12.34' } : { country: 'Elsewhere' };
      await other('PATCH', record(object, id), { properties });
    },
    archive: async (object, id) => {
      await other('DELETE', record(object, id));
    },
    merge: async (primaryObjectId, objectIdToMerge) => {
      const path = `/crm/v3/objects/${customerType}/merge`;
      return withId.parse(await other('POST', path, { primaryObjectId, objectIdToMerge })).id;
    },
    deleteList: async (crmId) => {
      await other('DELETE', `/crm/v3/lists/${crmId}`);
    },
    renameList: async (crmId, name) => {
      const query = new URLSearchParams({ listName: name });
      await other('PUT', `/crm/v3/lists/${crmId}/update-list-name?${query}`);
    },
    createList: async (name) => {
      const body = { name, objectTypeId: '0-1', processingType: 'MANUAL' };
      await other('POST', '/crm/v3/lists', body);
    },
    schema: () => schemaOf(sandbox, customerType),
    tierOptions: () =>
      (
        sandbox.portal.schema
          .definitions(customerType)
          .find(({ name }) => name === 'assay_value_tier')?.options ?? []
      ).map(({ value, label, hidden }) => ({ value, label, isOffered: !hidden })),
    calls: () => sandbox.calls.all().length - foreign,
    settle: () => sandbox.clock.advance(5_000),
    close: async () => await sandbox.close(),
  };
}

function open(
  sandbox: HubSpotSandbox,
  options: PortalOptions,
  subject: Subject,
  ledger: Map<string, number>,
  opening: Opening,
): Connector {
  const hubspot = connectors.get('hubspot');
  if (hubspot === undefined) throw new Error('There is no connector for hubspot');
  const quota: QuotaLedger = {
    usedSince: async (day) => ledger.get(day) ?? 0,
    add: async (day, calls) => {
      ledger.set(day, (ledger.get(day) ?? 0) + calls);
    },
  };
  const { TOKEN = sandbox.token, ...others } = opening.secrets ?? {};
  const secrets = Object.entries({ TOKEN, ...others });
  return hubspot.open({
    ...{
      connection: 'main',
      subject,
      quota,
      fields: opening.fields ?? options.fields ?? sampleFields,
    },
    settings: {
      ...{ baseUrl: sandbox.url, settleMs: 0, lookbackMs: 0, rateShare: 1 },
      ...(opening.settings?.['auth'] === undefined && { token: 'TOKEN' }),
      ...options.settings,
      ...opening.settings,
    },
    secrets: new Map(secrets.map(([name, value]) => [name, new Secret(value)])),
    credentials: opening.credentials ?? memoryCredentials(),
    ...{ fieldIds: memoryFieldIds(), jobs: memoryJobs(), stored: nothingStored },
    ...{ clock: opening.clock ?? systemClock, log: silentLogger },
  });
}

function schemaOf({ portal }: HubSpotSandbox, type: ObjectType): readonly string[] {
  const { schema, lists } = portal;
  return [
    ...schema.definitions(type).map(({ name }) => `property ${name}`),
    ...schema.groups.all(type).map(({ name }) => `group ${name}`),
    ...lists.all().map(({ name }) => `list ${name}`),
  ].toSorted();
}
