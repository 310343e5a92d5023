import { type Kysely, sql } from 'kysely';
import { loadConfig } from '../../../src/config/load.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { auditStore } from '../../../src/store/audit.ts';
import { databaseOf } from '../../../src/store/database.ts';
import type { Engine } from '../../../src/store/engine.ts';
import { openEngine } from '../../../src/store/open-engine.ts';
import type { Tables } from '../../../src/store/schema.ts';

/**
 * What two lives must have in common, by a name of its own each; without times, and without the ids
 * that every run gives anew. Of steps those that did something: a step may be found done already.
 */
const views: Readonly<Record<string, string>> = {
  customers: `select to_jsonb(c) - 'modified_at' - 'seen_pull' - 'gone_at' as row from customers c`,
  aliases: `select to_jsonb(a) as row from customer_aliases a`,
  deals: `select to_jsonb(d) - 'modified_at' - 'linked_at' - 'seen_pull' - 'gone_at' as row from deals d`,
  links: `select to_jsonb(l) as row from deal_links l`,
  scores: `select to_jsonb(s) - 'run_id' - 'base_standing' as row from scores s`,
  cuts: `select to_jsonb(c) - 'run_id' - 'position' as row from cut_points c
    where position = (select max(position) from cut_points)`,
  receipts: `select jsonb_build_array(customer_id, fields, outcome, code) as row
    from plan_changes where outcome is not null and code is distinct from 'SUPERSEDED'`,
  steps: `select jsonb_build_array(list_key, customer_id, action, outcome, code) as row
    from plan_memberships where outcome <> 'unchanged'`,
  lists: `select to_jsonb(l) as row from lists l`,
  members: `select to_jsonb(m) as row from list_members m`,
  'in flight': `select to_jsonb(c) as row from plan_changes c where state = 'sending'`,
  'open plans': `select jsonb_build_array(id, status) as row from plans
    where status in ('ready', 'applying', 'held')`,
  'open pulls': `select to_jsonb(p) as row from pulls p where is_open`,
  // Whose membership strayed is looked at again, once or twice: whom the last run scored, or one that
  // was killed before it, is not lost.
  dirty: `select to_jsonb(d) as row from dirty_customers d where not exists (
    select from scores s join runs r on r.id = s.run_id
    where s.connection_id = d.connection_id and s.customer_id = d.customer_id
    and (r.ended_at is null or r.id = (select id from runs order by started_at desc limit 1)))`,
  unplanned: `select to_jsonb(u) as row from unplanned_runs u`,
  'jobs at work': `select to_jsonb(b) as row from begun_jobs b`,
  inbox: `select to_jsonb(i) as row from inbox i where not is_done`,
  asked: `select to_jsonb(w) as row from work w where asked_at is not null`,
};

export type StorePicture = {
  readonly views: Readonly<Record<string, readonly string[]>>;
  /** The last run that applied a plan. */
  readonly lastRun: string | null;
  /** The last plan that waits for a word, or waited. */
  readonly lastHeld: string | null;
};

/** Of the store that this process's environment points to. */
export async function storePicture(): Promise<StorePicture> {
  const { store } = loadConfig({ folder: process.cwd(), variables: process.env });
  const engine = await openEngine({
    databaseUrl: store.kind === 'server' ? store.url : null,
    folder: store.kind === 'folder' ? store.folder : '',
    clock: systemClock,
  });
  try {
    const pictured: Record<string, readonly string[]> = {};
    for (const [name, text] of Object.entries(views)) pictured[name] = await rows(engine.db, text);
    pictured['audit'] = await broken(engine);
    return { views: pictured, ...(await lastOf(engine.db)) };
  } finally {
    await engine.close();
  }
}

async function rows(db: Kysely<Tables>, text: string): Promise<readonly string[]> {
  const found = await sql.raw<{ readonly row: unknown }>(text).execute(db);
  return found.rows.map(({ row }) => JSON.stringify(row)).toSorted();
}

/** What is wrong with the log, looked at as deeply as can be. */
async function broken(engine: Engine): Promise<readonly string[]> {
  const { signal } = new AbortController();
  const found: string[] = [];
  const check = { chain: null, deep: true, noted: [], signal };
  for await (const { chain, broken } of auditStore(databaseOf(engine)).verify(check))
    if (broken !== null) found.push(`${chain}: ${JSON.stringify(broken)}`);
  return found;
}

async function lastOf(db: Kysely<Tables>): Promise<Pick<StorePicture, 'lastRun' | 'lastHeld'>> {
  const newest = db.selectFrom('plans').orderBy('position', 'desc').limit(1);
  const applied = await newest.select('run_id').where('status', '=', 'applied').executeTakeFirst();
  const held = await newest
    .select('id')
    .where(sql<boolean>`holds <> '[]'::jsonb`)
    .executeTakeFirst();
  return { lastRun: applied?.run_id ?? null, lastHeld: held?.id ?? null };
}
