import { type Kysely, sql } from 'kysely';
import { Secret } from '../../../src/lib/secret.ts';
import { auditStore } from '../../../src/store/audit.ts';
import { databaseOf } from '../../../src/store/database.ts';
import type { Tables } from '../../../src/store/schema.ts';
import { serverEngine } from '../../../src/store/server-engine.ts';

/**
 * What two lives must have in common, whatever befell them: without times, without ids that are new in
 * every life, and without what tells of the way there.
 */
const views: Readonly<Record<string, string>> = {
  customers: `select to_jsonb(c) - 'modified_at' - 'seen_pull' - 'gone_at' as row from customers c`,
  aliases: `select to_jsonb(a) as row from customer_aliases a`,
  // What it is told by holds its id, which is another where more was made before it.
  deals: `select to_jsonb(d) - 'id' - 'content' - 'modified_at' - 'linked_at' - 'seen_pull' - 'gone_at' as row from deals d`,
  scores: `select to_jsonb(s) - 'run_id' - 'base_standing' as row from scores s`,
  lists: `select to_jsonb(l) - 'crm_id' as row from lists l`,
  members: `select to_jsonb(m) as row from list_members m`,
  'in flight': `select to_jsonb(c) as row from plan_changes c where state = 'sending'`,
  'open plans': `select jsonb_build_array(id, status) as row from plans
    where status in ('ready', 'applying', 'held')`,
  'open pulls': `select to_jsonb(p) as row from pulls p where is_open`,
  dirty: `select to_jsonb(d) as row from dirty_customers d`,
  unplanned: `select to_jsonb(u) as row from unplanned_runs u`,
  'jobs at work': `select to_jsonb(b) as row from begun_jobs b`,
  inbox: `select to_jsonb(i) as row from inbox i where not is_done`,
};

/** Rows of a store by what they are of. */
export type StoreLook = Readonly<Record<string, readonly string[]>>;

/** Looks past Assay into the store of a server. */
export async function lookIntoStore(url: string): Promise<StoreLook> {
  const engine = serverEngine(new Secret(url));
  try {
    const looked: Record<string, readonly string[]> = {};
    for (const [name, text] of Object.entries(views)) looked[name] = await rows(engine.db, text);
    const { signal } = new AbortController();
    const broken: string[] = [];
    const check = { chain: null, deep: true, noted: [], signal };
    for await (const verdict of auditStore(databaseOf(engine)).verify(check))
      if (verdict.broken !== null) broken.push(JSON.stringify(verdict));
    return { ...looked, 'broken log': broken };
  } finally {
    await engine.close();
  }
}

async function rows(db: Kysely<Tables>, text: string): Promise<readonly string[]> {
  const found = await sql.raw<{ readonly row: unknown }>(text).execute(db);
  return found.rows.map(({ row }) => JSON.stringify(row)).toSorted();
}

/** Every row of the log, as text. */
export async function auditRows(url: string): Promise<readonly string[]> {
  const engine = serverEngine(new Secret(url));
  try {
    return await rows(engine.db, 'select to_jsonb(a) as row from audit a');
  } finally {
    await engine.close();
  }
}
