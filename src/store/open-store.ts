import { serviceActor } from '../domain/actor.ts';
import { accessStore } from './access.ts';
import { alertStore } from './alerts.ts';
import { auditStore } from './audit.ts';
import type { Author } from './author.ts';
import { baselineStore } from './baselines.ts';
import { channelStore } from './channels.ts';
import { connectionStore } from './connections.ts';
import { type Database, databaseOf } from './database.ts';
import type { Engine } from './engine.ts';
import { erasureStore } from './erasures.ts';
import { fencedDatabase } from './fenced.ts';
import { identityStore } from './identities.ts';
import { inboxStore } from './inbox.ts';
import { leaseStore } from './leases.ts';
import { listStore } from './lists.ts';
import { openEngine, type StoreOptions } from './open-engine.ts';
import { optionStore } from './options.ts';
import { overrideStore } from './overrides.ts';
import { planStore } from './plans.ts';
import { policyStore } from './policies.ts';
import { pullStore } from './pulls.ts';
import { recordStore } from './records.ts';
import { retentionStore } from './retention.ts';
import { reviewStore } from './reviews.ts';
import { rollbackStore } from './rollbacks.ts';
import { runStore } from './runs.ts';
import { scheduleStore } from './schedules.ts';
import { historyStore } from './score-history.ts';
import { scoreStore } from './scores.ts';
import { sealedTextStore } from './sealed-texts.ts';
import { shadowStore } from './shadows.ts';
import { stopStore } from './stops.ts';
import type { Store } from './store.ts';
import { workStore } from './work.ts';

/**
 * Opens the store, creating or updating its tables.
 * @throws AssayError `STORE_LOCKED`, `STORE_UNAVAILABLE`, `STORE_FULL`, `STORE_NEWER`.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const kind = options.databaseUrl === null ? 'folder' : 'server';
  const { clock } = options;
  return storeOf(await openEngine(options), kind, {
    actor: serviceActor.name,
    now: () => new Date(clock.now()).toISOString(),
  });
}

function storeOf(engine: Engine, kind: Store['kind'], author: Author): Store {
  const database = databaseOf(engine);
  const store: Store = {
    kind,
    leases: leaseStore(database),
    runs: runStore(database, author),
    ...heldStores(engine, database, author),
    connections: connectionStore(database, author),
    channels: channelStore(database),
    sealed: sealedTextStore(database),
    work: workStore(database),
    stops: stopStore(database),
    overrides: overrideStore(database),
    options: optionStore(database),
    alerts: alertStore(database),
    policies: policyStore(database),
    reviews: reviewStore(database),
    audit: auditStore(database),
    access: accessStore(database, author),
    actingAs: (actor) => storeOf(engine, kind, { ...author, actor }),
    fenced: (lease) => ({
      ...store,
      ...heldStores(engine, fencedDatabase(database, lease), author),
    }),
    schedules: scheduleStore(database),
    retention: retentionStore(database, author),
    tell: engine.tell,
    hear: engine.hear,
    service: engine.service,
    flush: () => database.query(engine.flush),
    close: engine.close,
  };
  return store;
}

/** What only the holder of a connection writes. What it used and how it ended, it may always say. */
function heldStores(engine: Engine, database: Database, author: Author) {
  return {
    pulls: pullStore(database, author),
    records: recordStore(database),
    scores: scoreStore(database),
    plans: planStore(database, author),
    rollbacks: rollbackStore(database, author),
    baselines: baselineStore(database),
    lists: listStore(database, author),
    identities: identityStore(database),
    inbox: inboxStore(database),
    history: historyStore(database),
    shadows: shadowStore(database),
    erasures: erasureStore(database, engine, author),
  };
}
