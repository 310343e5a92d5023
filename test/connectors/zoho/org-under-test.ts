import { connectors } from '../../../connectors/registry.ts';
import { generatedWorld } from '../../../sandbox/data/generate.ts';
import { AdjustableClock } from '../../../sandbox/kit/adjustable-clock.ts';
import { loadWorld } from '../../../sandbox/zoho/load.ts';
import type { ModuleName } from '../../../sandbox/zoho/module-names.ts';
import { Org } from '../../../sandbox/zoho/org.ts';
import type { OrgOptions } from '../../../sandbox/zoho/org-options.ts';
import { defaultClient, defaultToken } from '../../../sandbox/zoho/sandbox-options.ts';
import {
  startZohoSandbox,
  type ZohoSandbox,
  type ZohoSandboxOptions,
} from '../../../sandbox/zoho/server.ts';
import { worldSettings } from '../../../sandbox/zoho/world-settings.ts';
import type { Connector, WrittenField } from '../../../src/connector/connector.ts';
import type { Deal } from '../../../src/domain/deal.ts';
import type { PullObject } from '../../../src/domain/pull-task.ts';
import type { Subject } from '../../../src/domain/subject.ts';
import { type Clock, systemClock } from '../../../src/lib/clock.ts';
import { silentLogger } from '../../../src/lib/logger.ts';
import { Secret } from '../../../src/lib/secret.ts';
import type { CrmUnderTest } from '../../contract/crm-under-test.ts';
import { sampleFields } from '../../contract/provision-samples.ts';
import { addCompanies } from './add-companies.ts';
import { type MemoryStores, memoryStores } from './memory-stores.ts';
import { type OtherApp, otherAppOf } from './other-app.ts';

export type OrgSetup = {
  /** Default 230 and 610; none with `empty`. */
  readonly contacts?: number;
  readonly deals?: number;
  readonly empty?: boolean;
  readonly subject?: Subject;
  readonly fields?: readonly WrittenField[];
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly sandbox?: ZohoSandboxOptions;
  readonly org?: Partial<OrgOptions>;
};

export type OrgUnderTest = CrmUnderTest & {
  readonly sandbox: ZohoSandbox;
  /** Calls as another app and another person does; throws unless the answer is good. */
  readonly call: OtherApp['call'];
  readonly opened: (extra?: Opening) => Connector;
  /** What the connection's processes share. */
  readonly memory: MemoryStores;
};

export type Opening = {
  readonly fields?: readonly WrittenField[];
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly memory?: MemoryStores;
  readonly clock?: Clock;
  readonly owner?: object;
};

/** Names of the secrets in the environment. */
export const auth = { clientIdEnv: 'ID', clientSecretEnv: 'SECRET', refreshTokenEnv: 'REFRESH' };

/** A sandbox with a world in it, a day old. */
export async function startOrg(setup: OrgSetup = {}): Promise<OrgUnderTest> {
  const { contacts = 230, deals = 610, empty = false } = setup;
  const world = generatedWorld({ contacts, deals, seed: 7 });
  const clock = new AdjustableClock();
  const org = new Org({
    clock: clock.now,
    ...{ homeCurrency: world.currency, timeZone: world.timeZone },
    ...setup.org,
  });
  const loadedAt = clock.now() - 86_400_000;
  if (!empty) loadWorld(org, world, { loadedAt });
  if (setup.subject === 'company') addCompanies(org, loadedAt);
  const other = { token: '1000.other-app', userId: org.users.other.id };
  const sandbox = await startZohoSandbox({
    ...{ org, clock, tokens: [defaultToken, other] },
    ...setup.sandbox,
  });
  return underTest(sandbox, setup, otherAppOf(sandbox, other.token));
}

function underTest(sandbox: ZohoSandbox, setup: OrgSetup, other: OtherApp): OrgUnderTest {
  const module: ModuleName = setup.subject === 'company' ? 'Accounts' : 'Contacts';
  const moduleOf = (object: PullObject): ModuleName => (object === 'deals' ? 'Deals' : module);
  const memory = memoryStores();
  let stored: readonly Deal[] = [];
  const dealsOf = (customers: readonly string[]) => dealsAmong(stored, new Set(customers));
  const opened = (opening: Opening = {}) => open(sandbox, setup, { memory, ...opening }, dealsOf);
  return {
    ...{ sandbox, opened, memory: memory, call: other.call },
    open: () => opened(),
    stores: (deals) => {
      stored = deals;
    },
    liveIds: (object) => sandbox.org.records[moduleOf(object)].byId().map(({ id }) => id),
    edit: async (object, id) => {
      const country = module === 'Contacts' ? 'Mailing_Country' : 'Billing_Country';
      const values = object === 'deals' ? { Amount: 12.34 } : { [country]: 'Elsewhere' };
      await other.edit(moduleOf(object), id, values);
    },
    archive: async (object, id) => await other.remove(moduleOf(object), id),
    merge: async (id, otherId) => await other.merge(module, id, otherId),
    deleteList: async (crmId) => await other.removeList(crmId),
    renameList: async (crmId, name) => await other.renameList(crmId, name),
    createList: async (name) => await other.createList(module, name),
    schema: () => schemaOf(sandbox, module),
    tierOptions: () =>
      (sandbox.org.schema.field(module, 'Assay_Value_Tier')?.pickList ?? []).map(
        ({ actualValue, displayValue }) => ({
          ...{ value: actualValue, label: displayValue, isOffered: true },
        }),
      ),
    calls: () => sandbox.calls.all().length - other.calls(),
    settle: () => sandbox.clock.advance(5_000),
    close: async () => await sandbox.close(),
  };
}

function dealsAmong(deals: readonly Deal[], customers: ReadonlySet<string>): readonly string[] {
  const theirs = deals.filter((deal) => (deal.customers ?? []).some(({ id }) => customers.has(id)));
  return theirs.map(({ id }) => id);
}

type Opened = Opening & { readonly memory: MemoryStores };

function open(
  sandbox: ZohoSandbox,
  setup: OrgSetup,
  opening: Opened,
  dealsOf: (customers: readonly string[]) => readonly string[],
): Connector {
  const zoho = connectors.get('zoho');
  if (zoho === undefined) throw new Error('There is no connector for zoho');
  const { clientId: ID, clientSecret: SECRET, refreshToken: REFRESH = '' } = defaultClient;
  const secrets = Object.entries({ ID, SECRET, REFRESH, ...opening.secrets });
  const { credentials, quota, fieldIds, jobs } = opening.memory;
  return zoho.open({
    ...{ connection: 'main', subject: setup.subject ?? 'contact', credentials, quota, fieldIds },
    jobs,
    fields: opening.fields ?? setup.fields ?? sampleFields,
    settings: {
      ...{ auth, accountsUrl: sandbox.url, concurrencyShare: 1, lookbackMs: 0, bulkPollMs: 10 },
      ...(setup.empty !== true && { fields: inputsOf(setup) }),
      ...setup.settings,
      ...opening.settings,
    },
    secrets: new Map(secrets.map(([name, value]) => [name, new Secret(value)])),
    stored: { dealsOf: async (customers) => dealsOf(customers) },
    ...{ clock: opening.clock ?? systemClock, log: silentLogger },
    ...(opening.owner !== undefined && { owner: opening.owner }),
  });
}

// Companies have none of the world's own fields, deals have all of theirs.
function inputsOf({ subject }: OrgSetup) {
  return subject === 'company' ? { deal: worldSettings.deal } : worldSettings;
}

function schemaOf({ org }: ZohoSandbox, module: ModuleName): readonly string[] {
  const custom = org.schema.fields(module).filter(({ isCustom }) => isCustom);
  return [
    ...custom.map(({ apiName }) => `field ${apiName}`),
    ...org.tags.all(module).map(({ name }) => `list ${name}`),
    ...org.records.Campaigns.byId().map(({ values }) => `list ${values['Campaign_Name']}`),
  ].toSorted();
}
