import { join } from 'node:path';
import fc from 'fast-check';
import { sql, type Transaction } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditHead, ChainVerdict } from '../../src/domain/audit.ts';
import type { PlanSummary } from '../../src/domain/plan.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { accessStore } from '../../src/store/access.ts';
import { appendAudit } from '../../src/store/append-audit.ts';
import { type Database, databaseOf } from '../../src/store/database.ts';
import { eraseDetails } from '../../src/store/erase-details.ts';
import { openEngine } from '../../src/store/open-engine.ts';
import { planStore } from '../../src/store/plans.ts';
import type { Tables } from '../../src/store/schema.ts';
import { verifyChain } from '../../src/store/verify-audit.ts';
import { startServer } from './embedded-server.ts';
import { temporaryFolder } from './temporary-folder.ts';

type Looking = {
  readonly noted?: readonly AuditHead[];
  readonly guarded?: boolean;
  readonly chain?: string;
};

type Ground = { readonly database: Database; readonly close: () => Promise<void> };

async function onPglite(): Promise<Ground> {
  const { path, remove } = await temporaryFolder();
  const engine = await openEngine({
    ...{ databaseUrl: null, folder: join(path, 'db'), clock: systemClock },
  });
  const close = async () => {
    await engine.close();
    await remove();
  };
  return { database: databaseOf(engine), close };
}

async function onServer(): Promise<Ground> {
  const server = await startServer();
  const databaseUrl = await server.database('tampering');
  const engine = await openEngine({ databaseUrl, folder: 'unused', clock: systemClock });
  const close = async () => {
    await engine.close();
    await server.stop();
  };
  return { database: databaseOf(engine), close };
}

const at = '2026-03-01T10:00:00.000Z';
const author = { actor: 'mary', now: () => at };
const undone = new Error('Undone on purpose');

const summary: PlanSummary = {
  ...{ customers: 3, changes: 3, changesByPriority: {}, changesByField: {}, tierMoves: [] },
  ...{ lists: [], warnings: [] },
  cost: { calls: 1, spends: 1, unit: 'calls', quotaShare: null, days: null, route: null },
};

/** A chain of nine rows: some about customers, one plan, its writes. */
async function aLog(database: Database): Promise<void> {
  const connection = 'main';
  for (const customer of ['1', '2', '3'])
    await database.transaction((trx) =>
      appendAudit(trx, {
        ...{ kind: 'override.set', connection, actor: 'mary', at, facts: { family: 'tier' } },
        detail: { customers: [customer], content: { customer, why: `Because of ${customer}` } },
      }),
    );
  const plans = planStore(database, author);
  const id = 'plan-1';
  await plans.create({ id, connection, runId: 'r1', createdAt: at, asOf: '2026-03-01' });
  await plans.addChanges(
    id,
    ['1', '2', '3'].map((customerId, seq) => ({
      ...{ seq, customerId, priority: 'tier' },
      fields: [{ key: 'value_tier', from: null, to: `tier-${seq}` }],
    })),
  );
  await plans.addMemberships(id, [{ listKey: 'best', customerId: '2', action: 'add' }]);
  await plans.finish(id, summary);
  await plans.setStatus(id, 'applying');
  for (const seq of [0, 1])
    await plans.saveReceipts(connection, id, 'm', [{ seq, outcome: 'applied', modifiedAt: at }]);
  await plans.saveReceipts(connection, id, 'm', [{ seq: 2, outcome: 'unchanged' }]);
  await plans.saveMembershipReceipts(connection, id, [
    { listKey: 'best', customerId: '2', action: 'add', outcome: 'applied' },
  ]);
  await plans.setStatus(id, 'applied');
}

const rowsInAll = 9;

describe.each([
  { name: 'PGlite', open: onPglite },
  { name: 'a PostgreSQL server', open: onServer },
])('a log on $name that somebody changed', ({ open }) => {
  let ground: Ground;
  beforeAll(async () => {
    ground = await open();
    await aLog(ground.database);
    const access = accessStore(ground.database, author);
    await access.grant({ name: 'ada', role: 'admin', hash: 'a' });
    await access.grant({ name: 'otto', role: 'operator', hash: 'b' });
    await access.grant({ name: 'vera', role: 'viewer', hash: 'c' });
  });
  afterAll(async () => ground.close());

  /** What verifying finds after `work`, which is undone. */
  const verdictOf = async (
    work: (trx: Transaction<Tables>) => Promise<unknown>,
    { noted = [], guarded = false, chain = 'main' }: Looking = {},
  ): Promise<ChainVerdict> => {
    let found: ChainVerdict | undefined;
    const changed = ground.database.transaction(async (trx) => {
      if (!guarded) await withoutGuards(trx);
      await work(trx);
      const { signal } = new AbortController();
      found = await verifyChain(trx, chain, { chain, deep: true, noted, signal });
      throw undone;
    });
    await expect(changed).rejects.toBe(undone);
    if (found === undefined) throw new Error('No verdict');
    return found;
  };

  it('is in order before', async () => {
    expect(await verdictOf(async () => undefined)).toMatchObject({ rows: rowsInAll, broken: null });
  });

  it('refuses to be changed, cut or emptied', async () => {
    for (const statement of [
      `update audit set actor = 'eve' where position = 1`,
      `update audit set detail = null, salt = null, customers = null where position = 1`,
      'delete from audit where position = 9',
      'truncate audit',
      `update audit_heads set position = 8`,
      'delete from audit_heads',
    ]) {
      const change = ground.database.transaction((trx) => sql.raw(statement).execute(trx));
      await expect(change, statement).rejects.toThrow(/log/);
    }
  });

  it('gives nothing but what is personal to an erasure', async () => {
    const change = ground.database.transaction(async (trx) => {
      await sql`select set_config('assay.erasing', 'on', true)`.execute(trx);
      await sql`update audit set facts = '{}', detail = null, salt = null, customers = null
        where position = 1`.execute(trx);
    });
    await expect(change).rejects.toThrow(/append-only/);
  });

  it('shows any one value that was changed', async () => {
    const columns = ['at', 'actor', 'kind', 'facts', 'customers', 'detail', 'salt'] as const;
    const others = {
      at: sql`at + interval '1 ms'`,
      actor: sql`actor || 'x'`,
      kind: sql`'run.ended'`,
      facts: sql`replace(facts, '"', '''')`,
      customers: sql`array['9']`,
      detail: sql`'{}'`,
      salt: sql`'00'`,
      commitment: sql`md5(commitment)`,
      hash: sql`md5(hash)`,
    };
    const position = fc.integer({ min: 1, max: rowsInAll });
    const column = fc.constantFrom(...columns, 'commitment' as const, 'hash' as const);
    await fc.assert(
      fc.asyncProperty(position, column, async (row, name) => {
        const { broken } = await verdictOf((trx) =>
          sql`update audit set ${sql.ref(name)} = ${others[name]}
            where position = ${row} and ${sql.ref(name)} is distinct from ${others[name]}`.execute(
            trx,
          ),
        );
        expect(broken, `${name} of row ${row}`).not.toBeNull();
        expect(broken?.position).toBeLessThanOrEqual(row + 1);
      }),
      { numRuns: 60 },
    );
  });

  it('shows rows that changed places, came or went', async () => {
    const pair = fc.uniqueArray(fc.integer({ min: 1, max: rowsInAll }), {
      ...{ minLength: 2, maxLength: 2 },
    });
    await fc.assert(
      fc.asyncProperty(pair, async ([one = 1, two = 2]) => {
        const swapped = await verdictOf(async (trx) => {
          await sql`update audit set position = -1 where position = ${one}`.execute(trx);
          await sql`update audit set position = ${one} where position = ${two}`.execute(trx);
          await sql`update audit set position = ${two} where position = -1`.execute(trx);
        });
        expect(swapped.broken?.position).toBe(Math.min(one, two));
        const removed = await verdictOf((trx) =>
          sql`delete from audit where position = ${one}`.execute(trx),
        );
        expect(removed.broken).toMatchObject({ fault: 'missing' });
        const closed = await verdictOf(async (trx) => {
          await sql`delete from audit where position = ${one}`.execute(trx);
          for (let next = one + 1; next <= rowsInAll; next += 1)
            await sql`update audit set position = ${next - 1} where position = ${next}`.execute(
              trx,
            );
        });
        expect(closed.broken).not.toBeNull();
        const doubled = await verdictOf((trx) =>
          sql`insert into audit select chain, ${rowsInAll + 1}, at, actor, kind, facts, customers,
            detail, salt, commitment, hash from audit where position = ${one}`.execute(trx),
        );
        expect(doubled.broken).not.toBeNull();
      }),
      { numRuns: 15 },
    );
  });

  it('shows an end that was cut off cleanly to whoever noted the head', async () => {
    const { head } = await verdictOf(async () => undefined);
    if (head === null) throw new Error('No head');
    const cut = (trx: Transaction<Tables>) =>
      sql`with gone as (delete from audit where position = ${rowsInAll})
        update audit_heads set position = ${rowsInAll - 1},
          hash = (select hash from audit where position = ${rowsInAll - 1})`.execute(trx);
    expect((await verdictOf(cut)).broken).toBeNull();
    expect((await verdictOf(cut, { noted: [head] })).broken).toMatchObject({ fault: 'cut' });
  });

  it.each([
    ['a planned value', `update plan_changes set fields = '[]' where seq = 1`, 'plan-changed'],
    ['a customer', `update plan_changes set customer_id = '9' where seq = 1`, 'plan-changed'],
    ['a change that went', 'delete from plan_changes where seq = 1', 'plan-changed'],
    [
      'a change that came',
      `insert into plan_changes (plan_id, seq, customer_id, rank, priority, fields, state, salt, leaf)
        select plan_id, 7, customer_id, rank, priority, fields, state, salt, leaf from plan_changes
        where seq = 1`,
      'plan-changed',
    ],
    ['a step on a list', `update plan_memberships set action = 'remove'`, 'plan-changed'],
    ['a plan that went', 'delete from plans', 'plan-changed'],
    [
      'content that was taken out without an erasure',
      `update plan_changes set customer_id = '', fields = '[]', salt = null where seq = 1`,
      'plan-changed',
    ],
    ['an outcome', `update plan_changes set outcome = 'rejected' where seq = 1`, 'writes-changed'],
    ['a batch', 'update plan_changes set batch = 999 where seq = 1', 'writes-changed'],
    [
      'what became of a step',
      `update plan_memberships set outcome = 'unchanged'`,
      'writes-changed',
    ],
  ])('shows %s that was changed, with --deep', async (_, statement, fault) => {
    const { broken } = await verdictOf((trx) => sql.raw(statement).execute(trx));
    expect(broken).toMatchObject({ fault });
  });

  it.each([
    ['a role', `update access set role = 'admin' where name = 'otto'`],
    ['a token', `update access set hash = 'eve' where name = 'ada'`],
    ['somebody who came', `insert into access values ('eve', 'admin', 'x', now(), 'eve')`],
    ['somebody who went', `delete from access where name = 'ada'`],
  ])('shows %s that was changed in the table of who may act', async (_, statement) => {
    const house = { chain: 'house' };
    expect(await verdictOf(async () => undefined, house)).toMatchObject({ rows: 3, broken: null });
    const { broken } = await verdictOf((trx) => sql.raw(statement).execute(trx), house);
    expect(broken).toMatchObject({ fault: 'access-untold' });
  });

  it('misses nothing that an erasure took out, and shows what was changed beside it', async () => {
    const erase = (trx: Transaction<Tables>) =>
      eraseDetails(trx, 'main', ['2'], { actor: 'ada', at });
    const verdict = await verdictOf(erase, { guarded: true });
    expect(verdict).toMatchObject({ rows: rowsInAll + 1, broken: null });
    const left = await verdictOf(async (trx) => {
      await erase(trx);
      const { rows } = await sql<{ text: string }>`
        select coalesce(string_agg(a::text, ' '), '') as text from (
          select facts || coalesce(detail, '') from audit union all
          select customer_id || fields::text from plan_changes union all
          select customer_id from plan_memberships) a`.execute(trx);
      expect(rows[0]?.text).not.toMatch(/Because of 2|"customer":"2"|tier-1/);
      expect(rows[0]?.text).toMatch(/Because of 1/);
      await sql`update audit set detail = null, salt = null, customers = null
        where position = 3`.execute(trx);
    });
    expect(left.broken).toMatchObject({ position: 3, fault: 'detail-missing' });
    const outcome = await verdictOf(async (trx) => {
      await erase(trx);
      await sql`update plan_changes set outcome = 'rejected' where salt is null`.execute(trx);
    });
    expect(outcome.broken).toMatchObject({ fault: 'writes-changed' });
  });
});

async function withoutGuards(trx: Transaction<Tables>): Promise<void> {
  for (const table of ['audit', 'audit_heads'])
    await sql`alter table ${sql.table(table)} disable trigger user`.execute(trx);
}
