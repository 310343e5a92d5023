import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import type { Engine } from '../../src/store/engine.ts';
import { documents } from '../../src/store/erase-documents.ts';
import { openEngine, type StoreOptions } from '../../src/store/open-engine.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import {
  aCustomer,
  aDeal,
  aHistory,
  aPull,
  archived,
  aScore,
  day,
  dealsOf,
  dirtyIds,
  save,
  world,
} from '../contract/store/fixtures.ts';
import { startServer } from './embedded-server.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Everything that names her, each a text of its own so that a dump can be searched for it. */
const hers = {
  email: 'wilhelmina.quill@example.org',
  phone: '+441632960123',
  name: 'Wilhelmina Quill',
  externalId: 'KX-77001',
  pastEmail: 'mina.before@example.org',
  reference: 'INV-HERS-1',
  product: 'left-handed teapot',
  /** What somebody typed into a field of ours. */
  word: 'mother of the twins',
};

const c = 'main';
const partner = 'wholesale';

const mina = aCustomer('501', {
  ...{ email: hers.email, phone: hers.phone, name: hers.name, externalId: hers.externalId },
  ...{ previousIds: ['500'], attributes: { club: 'teapots' } },
});

type Ground = {
  readonly open: () => Promise<Store>;
  readonly options: () => StoreOptions;
  readonly close: () => Promise<void>;
  readonly folder: string | null;
};

async function onFolder(): Promise<Ground> {
  const { path, remove } = await temporaryFolder();
  const folder = join(path, 'db');
  const options = () => ({ databaseUrl: null, folder, clock: systemClock });
  return { options, open: () => openStore(options()), close: remove, folder };
}

async function onServer(): Promise<Ground> {
  const server = await startServer();
  const databaseUrl = await server.database('erasure');
  const options = () => ({ databaseUrl, folder: 'unused', clock: systemClock });
  return { options, open: () => openStore(options()), close: server.stop, folder: null };
}

/** All that can be said of a customer, in every table there is. */
async function live(store: Store): Promise<void> {
  await save(store, c, { customers: [aCustomer('500', { email: hers.pastEmail })] });
  await save(store, c, {
    customers: [mina, aCustomer('502', { referredBy: hers.email }), aCustomer('503')],
    deals: [
      aDeal('1', ['501'], { reference: hers.reference, products: [hers.product] }),
      aDeal('2', ['501', '502'], { reference: 'INV-SHARED' }),
      aDeal('3', ['503']),
    ],
  });
  const scope = { id: 'all', connections: [c, partner], by: ['email' as const] };
  await store.connections.bind(c, { crm: 'x', accountId: '1', subject: 'contact' });
  await store.connections.bind(partner, { crm: 'y', accountId: '2', subject: 'contact' });
  await save(store, partner, { customers: [aCustomer('9', { email: hers.email })] });
  for (const one of [c, partner]) {
    await store.pulls.begin(one, aPull());
    await store.pulls.finish(one);
  }
  await store.identities.resolve(c, scope);
  const largestOrder = { on: '2026-01-02', minor: 1000, deals: [hers.reference, 'INV-SHARED'] };
  const score = (id: string) =>
    aScore(id, { signals: { ...aScore(id).signals, largestOrder: { ...largestOrder } } });
  await store.scores.saveHistories(c, [aHistory('501'), aHistory('503')]);
  await store.scores.save(c, 'run-1', [score('501'), aScore('502'), aScore('503')]);
  await store.scores.save(partner, 'run-2', [score('9')]);
  await planned(store);
  await store.inbox.add(
    c,
    [{ key: 'k', object: 'customers', id: '501', kind: 'changed', at: day(3) }],
    day(3),
  );
  await store.runs.start({ id: 'run-1', connection: c, startedAt: day(2) });
  const rejections = [
    { customerId: '501', code: 'INVALID', message: `${hers.email} is no e-mail` },
    { customerId: '503', code: 'INVALID', message: 'kept' },
  ];
  const warnings = [`One of many: ${hers.name} (${hers.externalId})`];
  const stopped = {
    ...{ code: 'PLAN_STALE', todo: 'Look.' },
    message: `2 customers were changed: customer 503, orders: was 1, is 2; customer 501, reason: was empty, is ${hers.word}.`,
  };
  await store.runs.end('run-1', {
    ...{ endedAt: day(3), outcome: 'done-with-rejections', planId: 'p-1' },
    report: { apply: { planId: 'p-1', rejections, warnings }, stopped },
  });
  await store.scores.savePolicy({
    version: 'p1',
    content: {
      windowMonths: 12,
      named: [
        { customer: hers.email, floor: 'gold', why: 'A friend', by: 'Ann' },
        { customer: 'X503', floor: 'gold', why: `Not as ${hers.name}`, by: 'Ann' },
      ],
    },
    firstUsedAt: day(1),
  });
}

async function planned({ plans, lists }: Store): Promise<void> {
  await plans.create({
    id: 'p-1',
    connection: c,
    runId: 'run-1',
    createdAt: day(2),
    asOf: '2026-01-02',
  });
  const reason = { key: 'reason' as const, from: null, to: `Because of ${hers.reference}` };
  const tier = { key: 'value_tier' as const, from: null, to: 'gold' };
  await plans.addChanges('p-1', [
    { seq: 0, customerId: '501', priority: 'tier', fields: [tier, reason] },
    { seq: 1, customerId: '503', priority: 'tier', fields: [tier] },
  ]);
  await plans.addMemberships('p-1', [{ listKey: 'best', customerId: '501', action: 'add' }]);
  await plans.setStatus('p-1', 'applying');
  await plans.saveReceipts(c, 'p-1', 'run-1', [
    { seq: 0, outcome: 'rejected', code: 'INVALID', message: `${hers.name} was not taken` },
    { seq: 1, outcome: 'applied', modifiedAt: day(3) },
  ]);
  const because = `1 of the first 2 customers do not hold what was written to them: customer 501, field reason, wanted "x", found "${hers.word}".`;
  await plans.hold('p-1', [{ by: 'canary', because }], { actor: 'service', at: day(2) });
  await lists.replaceMembers(c, 'best', members(['501', '503']));
}

async function* members(ids: readonly string[]) {
  yield ids;
}

type Row = { readonly table: string; readonly row: string };

/** Every row of every table as text. */
async function dump(ground: Ground): Promise<readonly Row[]> {
  return await withEngine(ground, async ({ db }) => {
    const { rows: tables } = await sql<{ table: string }>`
      select table_name as table from information_schema.tables
      where table_schema = current_schema() and table_type = 'BASE TABLE'
        and table_name not like 'kysely%' order by 1`.execute(db);
    const all: Row[] = [];
    for (const { table } of tables) {
      const { rows } = await sql<{ row: string }>`
        select row_to_json(t)::text as row from ${sql.table(table)} t`.execute(db);
      all.push(...rows.map(({ row }) => ({ table, row })));
    }
    return all;
  });
}

async function withEngine<T>(ground: Ground, work: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = await openEngine(ground.options());
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}

async function inFiles(folder: string, text: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    if ((await readFile(path)).includes(text)) found.push(path);
  }
  return found;
}

/** Rows that say nothing of anybody, but that an erasure was. */
const telling: ReadonlySet<string> = new Set(['audit', 'audit_heads', 'erasures', 'leases']);

function isAboutHer({ row }: Row): boolean {
  return [...Object.values(hers), '"501"', '"500"', '"502"', '"9"', '501"}'].some((text) =>
    row.includes(text),
  );
}

for (const [name, open] of [
  ['PGlite', onFolder],
  ['a PostgreSQL server', onServer],
] as const)
  describe(`a person who is erased, on ${name}`, () => {
    let ground: Ground;
    let before: readonly Row[];

    beforeAll(async () => {
      ground = await open();
      const store = await ground.open();
      await live(store);
      await store.flush();
      await store.close();
      before = await dump(ground);
    });
    afterAll(async () => ground.close());

    it('was in many tables, under everything that names her', () => {
      for (const value of Object.values(hers))
        expect(
          before.some(({ row }) => row.includes(value)),
          value,
        ).toBe(true);
    });

    it('is in none, and nobody else is another', async () => {
      const store = await ground.open();
      const [found, ...more] = await store.erasures.find(c, hers.email);
      expect(more).toEqual([]);
      expect(found).toMatchObject({ id: '501', gone: null, lists: ['best'] });
      const erased = await store.erasures.erase(c, ['501'], { asked: 'person' });
      expect(erased).toMatchObject({
        ids: ['500', '501'],
        deals: 1,
        referred: 1,
        partners: [{ connection: partner, id: '9' }],
      });
      await store.erasures.clean();
      await store.close();
      const after = await dump(ground);
      const isHers = ({ table }: Row) => table === 'customers';
      const own = Object.values(hers).filter((value) => value !== hers.email);
      for (const value of own)
        expect(
          after.filter(({ row }) => row.includes(value)),
          value,
        ).toEqual([]);
      // The other CRM's record of the same person is not the one that was named.
      const rest = after.filter(({ row }) => row.includes(hers.email));
      expect(rest.every((row) => isHers(row) && row.row.includes(partner))).toBe(true);
      const texts = (rows: readonly Row[]) =>
        new Set(rows.map(({ table, row }) => `${table} ${row}`));
      const [was, is] = [texts(before), texts(after)];
      const changed = [
        ...before.filter(({ table, row }) => !is.has(`${table} ${row}`)),
        ...after.filter(({ table, row }) => !was.has(`${table} ${row}`)),
      ];
      const others = changed.filter((row) => !telling.has(row.table) && !isAboutHer(row));
      const unnamed = others.map(({ table }) => table).filter((table) => !scrubbed.has(table));
      // Her deal without its number, her places in the plan, and that who is joined is to be found anew.
      expect(unnamed.toSorted()).toEqual([
        ...['deals', 'identity_states', 'identity_states', 'plan_changes', 'plan_memberships'],
      ]);
    });

    it('leaves the firm its figures, and others what is theirs', async () => {
      const store = await ground.open();
      const counts = await store.records.counts(c);
      expect(counts).toMatchObject({ wonDeals: 3, wonMinor: 3000, unattributedMinor: 1000 });
      expect(await dealsOf(store, c, '502')).toMatchObject([
        { reference: 'INV-SHARED', customers: [{ id: '502' }] },
      ]);
      expect(await dirtyIds(store, c)).toContain('502');
      const [report] = await store.runs.latest(c, 1);
      const text = JSON.stringify(report?.report);
      expect(text).toContain('"message":"kept"');
      expect(text).toContain('customer 503, orders: was 1, is 2; (erased)"');
      const [hold] = (await store.plans.byId('p-1'))?.holds ?? [];
      expect(hold?.because).toMatch(/^1 of the first 2 customers .* to them: \(erased\)$/);
      await store.close();
    });

    it('does not come back, by whatever page names her', async () => {
      const store = await ground.open();
      const later = { ...mina, modifiedAt: day(20) };
      const named = aDeal('4', ['501'], { reference: 'INV-HERS-2', modifiedAt: day(20) });
      const again = aDeal('1', null, { reference: hers.reference, modifiedAt: day(21) });
      await save(store, c, { customers: [later, { ...later, id: '500' }], deals: [named, again] });
      const mark = await store.pulls.mark(c);
      await store.pulls.saveNamed(c, { customers: [later], deals: [named], removals: [], mark });
      await save(store, c, { removals: [archived('customers', '501')] });
      expect((await world(store, c)).map(({ customer }) => customer.id)).toEqual(['502', '503']);
      await store.close();
      const after = await dump(ground);
      for (const value of [hers.name, 'INV-HERS-2', hers.reference])
        expect(
          after.filter(({ row }) => row.includes(value)),
          value,
        ).toEqual([]);
    });

    it('is erased once: the word of the CRM after it adds nothing', async () => {
      const store = await ground.open();
      const rows = async () => (await dump(ground)).filter(({ table }) => table === 'audit');
      await store.close();
      const told = await rows();
      const again = await ground.open();
      await save(again, c, { removals: [{ object: 'customers', id: '501', kind: 'erased' }] });
      expect(await again.erasures.find(c, '501')).toMatchObject([{ id: '501', gone: 'erased' }]);
      await again.close();
      expect(await rows()).toEqual(told);
    });

    it('is erased by the CRM’s word alone, also when nobody had seen her', async () => {
      const store = await ground.open();
      await save(store, c, {
        removals: [
          { object: 'customers', id: '503', kind: 'erased' },
          { object: 'customers', id: '600', kind: 'erased' },
        ],
      });
      await save(store, c, { customers: [aCustomer('600', { modifiedAt: day(20) })] });
      expect((await world(store, c)).map(({ customer }) => customer.id)).toEqual(['502']);
      await store.close();
      const after = await dump(ground);
      expect(after.filter(({ row }) => row.includes('Customer 503'))).toEqual([]);
      expect(after.filter(({ row }) => row.includes('Customer 600'))).toEqual([]);
    });

    it('leaves a deal whole that is another’s now, whichever was told first', async () => {
      const store = await ground.open();
      const erased = { removals: [{ object: 'customers', id: '700', kind: 'erased' }] } as const;
      const of = (id: string, customer: string, at: number) =>
        aDeal(id, [customer], { reference: `INV-${id}`, modifiedAt: day(at) });
      await save(store, c, {
        customers: [aCustomer('700'), aCustomer('701')],
        deals: [of('71', '700', 22), of('72', '700', 22)],
      });
      await save(store, c, { deals: [of('71', '701', 23)] });
      await save(store, c, erased);
      await save(store, c, { deals: [of('72', '701', 23)] });
      await store.close();
      const rows = await withEngine(ground, async ({ db }) => {
        const found = await sql<{ reference: string; cleared: boolean }>`
          select reference, is_cleared as cleared from deals where id in ('71', '72') order by id`;
        return (await found.execute(db)).rows;
      });
      expect(rows).toEqual([
        { reference: 'INV-71', cleared: false },
        { reference: 'INV-72', cleared: false },
      ]);
    });

    it('leaves no byte in the files of a folder', async () => {
      if (ground.folder === null) return;
      for (const value of [hers.name, hers.pastEmail, hers.reference, hers.phone])
        expect(await inFiles(ground.folder, value), value).toEqual([]);
    });

    it('leaves out no place where a table may name a customer', async () => {
      const columns = await withEngine(ground, async ({ db }) => {
        const { rows } = await sql<{ at: string; type: string; siblings: string[] }>`
          select c.table_name || '.' || c.column_name as at, c.data_type as type,
            (select array_agg(s.column_name::text) from information_schema.columns s
              where s.table_schema = c.table_schema and s.table_name = c.table_name) as siblings
          from information_schema.columns c join information_schema.tables t
            using (table_schema, table_name)
          where c.table_schema = current_schema() and t.table_type = 'BASE TABLE'
            and c.table_name not like 'kysely%' order by 1`.execute(db);
        return rows;
      });
      const isForgotten = (siblings: readonly string[]) =>
        siblings.includes('customer_id') &&
        (siblings.includes('connection_id') || siblings.includes('plan_id'));
      const known = new Set([
        ...documents.map(({ table, column }) => `${table}.${column}`),
        ...Object.keys(elsewhere),
      ]);
      const open = columns
        .filter(({ type, siblings }) => mayName(type) && !isForgotten(siblings))
        .map(({ at }) => at)
        .filter((at) => !known.has(at) && !ofNobody.has(at.slice(at.indexOf('.') + 1)));
      expect(open).toEqual([]);
      const there = new Set(columns.map(({ at }) => at));
      expect([...known].filter((at) => !there.has(at))).toEqual([]);
    });
  });

/** Documents of which a line was taken. */
const scrubbed: ReadonlySet<string> = new Set(documents.map(({ table }) => table));

function mayName(type: string): boolean {
  return ['text', 'json', 'jsonb', 'ARRAY', 'character varying'].includes(type);
}

/** Columns that name something else wherever they stand: connections, runs, kinds, hashes, staff. */
const ofNobody: ReadonlySet<string> = new Set([
  ...[
    'connection_id',
    'run_id',
    'plan_id',
    'chain',
    'population',
    'kind',
    'status',
    'mode',
    'gone',
  ],
  ...['outcome', 'code', 'object', 'hash', 'commitment', 'salt', 'digest', 'signature', 'actor'],
  ...['version', 'policy_version', 'key', 'list_key', 'crm', 'crm_id', 'subject', 'account_id'],
  ...['currency', 'home_currency', 'amount_currency', 'time_zone', 'holder', 'marker', 'by_key'],
  ...[
    'against',
    'approved',
    'retired_by',
    'stopped_by',
    'created_by',
    'role',
    'watermark',
    'next_watermark',
  ],
]);

/** What else holds texts, and why none of it is left of a person. */
const elsewhere: Readonly<Record<string, string>> = {
  'access.name': 'of whoever acts',
  'audit.facts': 'never personal, by its rule',
  'audit.customers': 'eraseDetails',
  'audit.detail': 'eraseDetails',
  'baselines.won_by_currency': 'sums of a base',
  'channels.id': 'of a subscription',
  'channels.token': 'sealed',
  'connections.id': 'of a connection',
  'connections.credential': 'sealed',
  'option_labels.field': 'of our fields',
  'option_labels.label': 'of the policy',
  'option_labels.value': 'of the policy',
  'plans.covers': 'of runs',
  'plans.undone_by': 'of a plan',
  'customer_aliases.new_id': 'forgetRows',
  'customer_aliases.old_id': 'who is somebody else now; or forgetRows',
  ...Object.fromEntries(
    [
      ...['id', 'previous_ids', 'external_id', 'email', 'phone', 'name', 'country', 'referred_by'],
      ...['attributes', 'held', 'content', 'email_key', 'phone_key', 'name_key'],
    ].map((column) => [`customers.${column}`, 'putTombstones; referred_by: forgetReferrer']),
  ),
  'cut_points.cuts': 'thresholds of a base',
  ...Object.fromEntries(
    ['id', 'reference', 'products', 'problems', 'content'].map((column) => [
      `deals.${column}`,
      'clearDeals',
    ]),
  ),
  'identity_findings.members': 'leaveGroups',
  'inbox.record_id': 'forgetRows',
  'lists.name': 'of our lists',
  'override_fields.attributes': 'names of the CRM’s fields',
  'override_fields.rules': 'names of the CRM’s fields',
  'plans.id': 'of a plan',
  'reviews.snapshot': 'sums and bins of a base',
  'shadow_snapshots.champion': 'of a policy',
  'pull_tasks.cursor': 'where a listing goes on: record ids at most, gone with the pull',
  'pulls.complete': 'names of objects',
  'quota.day': 'a time',
  'runs.id': 'of a run',
};
