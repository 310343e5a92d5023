import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { generatedWorld } from '../../sandbox/data/generate.ts';
import type { Actor } from '../../src/domain/actor.ts';
import type { FieldValues } from '../../src/domain/field.ts';
import type { GuardName } from '../../src/domain/hold.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import { type Plan, planStatuses } from '../../src/domain/plan.ts';
import type { WriteSettings } from '../../src/domain/write-settings.ts';
import type { Step } from '../../src/lib/step.ts';
import type { RunContext } from '../../src/run/context.ts';
import { approvePlan, rejectPlan } from '../../src/run/decide-plan.ts';
import { provisionConnection } from '../../src/run/provision.ts';
import type { RunReport } from '../../src/run/report.ts';
import { runConnection } from '../../src/run/run-connection.ts';
import { type CrmName, openTwoCrms, type TwoCrms } from './two-crms.ts';

const until = '2026-11-01';

/** One CRM, and how its admin or somebody's automation can go wrong. */
export type Bed = {
  readonly run: (options?: {
    readonly full?: boolean;
    readonly allow?: readonly GuardName[];
    /** Ends the run when it reaches this for the first time. */
    readonly stopAt?: Step;
  }) => Promise<RunReport>;
  /** The newest plan of a run. */
  readonly plan: () => Promise<Plan>;
  readonly approve: (...guards: readonly GuardName[]) => Promise<void>;
  readonly reject: () => Promise<void>;
  /** What the CRM itself says of every customer. */
  readonly held: () => Promise<ReadonlyMap<RecordId, FieldValues>>;
  /** Calls that wrote something, since the sandbox began. */
  readonly writes: () => number;
  /** Calls of every kind. */
  readonly calls: () => number;
  /** Whether the stage that won deals are in counts as won. */
  readonly wonCounts: (counts: boolean) => void;
  /** Whether the stage that a part of the deals stands in open counts as won. */
  readonly openCounts: (counts: boolean) => void;
  /**
   * From now on somebody else's automation writes this tier whenever we write one: at once, or only
   * after the connector has looked what became of its write.
   */
  readonly overwriteTiers: (tier: string | null, when?: 'at-once' | 'later') => void;
  /** Puts so many customers into the bin, those that bought first. @returns what takes them out. */
  readonly bin: (share: number) => () => void;
};

export type Beds = {
  readonly crms: TwoCrms;
  /** With its fields and lists made. */
  readonly bed: (crm: CrmName) => Promise<Bed>;
  readonly close: () => Promise<void>;
};

/**
 * The same world in both CRMs, of three deals one is won and two are open; fields and lists are made.
 * `zoho`: settings of its connection beside the usual.
 */
export async function openBeds(
  writes?: WriteSettings,
  zoho: Readonly<Record<string, unknown>> = {},
): Promise<Beds> {
  const world = generatedWorld({ contacts: 300, deals: 1_200, seed: 23, until });
  const crms = await openTwoCrms(world, {
    ...(writes === undefined ? {} : { writes }),
    zoho: { settings: zoho },
  });
  leaveOpen(crms);
  return {
    crms,
    bed: async (crm) => {
      await crms.connected(crm, (ctx) =>
        provisionConnection(ctx, { remove: false, rebuildDeletedLists: false }),
      );
      return bedOf(crms, crm);
    },
    close: crms.close,
  };
}

function bedOf(all: TwoCrms, crm: CrmName): Bed {
  const { calls } = all.sandboxes[crm];
  const crms: TwoCrms = { ...all, connected: afterAMinute(all) };
  return {
    run: async ({ full = false, allow = [], stopAt = null } = {}) => {
      const allowance = allow.length === 0 ? null : { guards: allow, why };
      return await stoppedAt(stopAt, (signal) =>
        crms.connected(crm, (ctx) => runConnection(ctx, { full, asOf: until }), {
          ...{ actor: ann, allowance, signal },
        }),
      );
    },
    plan: async () => await latestPlan(crms, crm),
    approve: async (...guards) => {
      const plan = await latestPlan(crms, crm);
      await crms.connected(crm, (ctx) => approvePlan(asAnn(ctx), plan, { guards, why }));
    },
    reject: async () => {
      const plan = await latestPlan(crms, crm);
      await crms.connected(crm, (ctx) => rejectPlan(asAnn(ctx), plan, why));
    },
    held: async () =>
      await crms.connected(crm, async ({ store, connector, signal }) => {
        const page = { after: null, limit: 10_000, whom: 'all' } as const;
        const all = await store.records.page(crm, page);
        return await connector.readHeld(
          all.map(({ customer }) => customer.id),
          signal,
        );
      }),
    writes: () => calls.report().kinds.write,
    calls: () => calls.report().total,
    ...(crm === 'hubspot' ? hubspotMistakes(crms) : zohoMistakes(crms)),
  };
}

/** Zoho renews a token ten times in ten minutes, and each opening asks for one. */
function afterAMinute({ connected, sandboxes }: TwoCrms): TwoCrms['connected'] {
  return async (crm, ...rest) => {
    sandboxes.zoho.clock.advance(61_000);
    return await connected(crm, ...rest);
  };
}

async function stoppedAt<T>(
  step: Step | null,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const look = (reached: unknown) => {
    if (reached === step) stop.abort();
  };
  subscribe('assay:step', look);
  return await work(stop.signal).finally(() => unsubscribe('assay:step', look));
}

const why = 'I looked at them';
const ann: Actor = { name: 'ann', role: 'admin' };

function asAnn({ store, writes: { mode }, clock, log }: RunContext) {
  return { store, actor: ann, mode, clock, log };
}

async function latestPlan({ app }: TwoCrms, crm: CrmName): Promise<Plan> {
  const plan = await app.store.plans.latest(crm, planStatuses);
  if (plan === null) throw new Error(`No plan of ${crm}`);
  return plan;
}

type Mistakes = Pick<Bed, 'wonCounts' | 'openCounts' | 'overwriteTiers' | 'bin'>;

function leaveOpen({ sandboxes: { hubspot, zoho } }: TwoCrms): void {
  const { deals } = hubspot.portal.objects;
  const now = hubspot.clock.now() - 86_400_000;
  for (const slot of [...deals.slotsFrom(0)].filter((_, at) => at % 3 > 0)) {
    const { properties } = deals.at(slot);
    deals.write(slot, { ...properties, dealstage: 'contractsent' }, now, '0');
  }
  const { Deals } = zoho.org.records;
  for (const { id } of Deals.byId().filter((_, at) => at % 3 > 0))
    Deals.change(id, { values: { Stage: openStage } });
}

const openStage = 'Negotiation/Review';

function hubspotMistakes({ sandboxes: { hubspot } }: TwoCrms): Mistakes {
  const { pipelines, objects, events } = hubspot.portal;
  const setStage = (stage: string, isWon: boolean) =>
    pipelines.updateStage('deals', 'default', stage, {
      metadata: { isClosed: String(isWon), probability: isWon ? '1.0' : '0.9' },
    });
  const { contacts } = objects;
  const automation = new Automation((id, tier) => {
    const slot = contacts.slotOf(Number(id));
    if (slot === undefined) return;
    const properties = { ...contacts.at(slot).properties, assay_value_tier: tier };
    contacts.write(slot, properties, hubspot.clock.now(), '7');
  });
  events.subscribe((event) => {
    if (event.kind !== 'changed' || event.type !== 'contacts') return;
    const { id, properties } = event.after;
    if ((properties['assay_value_tier'] ?? '') !== '') automation.noteWrite(String(id));
  });
  return {
    wonCounts: (counts) => setStage('closedwon', counts),
    openCounts: (counts) => setStage('contractsent', counts),
    overwriteTiers: (tier, when = 'at-once') => automation.set(tier, when),
    bin: (share) => {
      const all = [...objects.contacts.slotsFrom(0)];
      const slots = all.slice(0, Math.ceil(all.length * share));
      for (const slot of slots) objects.contacts.archive(slot, hubspot.clock.now());
      return () => {
        for (const slot of slots) objects.contacts.restore(slot, hubspot.clock.now());
      };
    },
  };
}

function zohoMistakes({ sandboxes: { zoho } }: TwoCrms): Mistakes {
  const { pipelines, records } = zoho.org;
  let tierField = '';
  const automation = new Automation((id, tier) =>
    records.Contacts.change(id, { values: { [tierField]: tier } }),
  );
  records.Contacts.onEvent(({ kind, record, fields }) => {
    const field = fields.find((name) => /value_tier/i.test(name));
    if (kind !== 'edit' || field === undefined || record.values[field] == null) return;
    tierField = field;
    automation.noteWrite(record.id);
  });
  return {
    wonCounts: (counts) => pipelines.setForecast('Closed Won', counts ? 'Closed Won' : 'Open'),
    openCounts: (counts) => pipelines.setForecast(openStage, counts ? 'Closed Won' : 'Open'),
    overwriteTiers: (tier, when = 'at-once') => automation.set(tier, when),
    bin: (share) => {
      const all = records.Contacts.byId();
      const ids = all.slice(0, Math.ceil(all.length * share)).map(({ id }) => id);
      const by = { deletedAt: zoho.clock.now(), deletedBy: '7', type: 'recycle' } as const;
      for (const id of ids) records.Contacts.delete(id, by);
      return () => {
        for (const id of ids) records.Contacts.restore(id, '7');
      };
    },
  };
}

/** Writes another tier over each that is written. */
class Automation {
  readonly #write: (id: string, tier: string) => void;
  readonly #noted = new Set<string>();
  #tier: string | null = null;
  #when: 'at-once' | 'later' = 'at-once';
  #isBusy = false;

  constructor(write: (id: string, tier: string) => void) {
    this.#write = write;
    subscribe('assay:step', (reached) => {
      if (reached === 'apply.receipts-saved') this.#overwrite();
    });
  }

  set(tier: string | null, when: 'at-once' | 'later'): void {
    this.#tier = tier;
    this.#when = when;
    this.#noted.clear();
  }

  noteWrite(id: string): void {
    if (this.#isBusy || this.#tier === null) return;
    this.#noted.add(id);
    if (this.#when === 'at-once') this.#overwrite();
  }

  #overwrite(): void {
    this.#isBusy = true;
    for (const id of this.#noted) if (this.#tier !== null) this.#write(id, this.#tier);
    this.#noted.clear();
    this.#isBusy = false;
  }
}
