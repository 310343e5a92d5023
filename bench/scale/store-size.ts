import pg from 'pg';
import { openAssay } from '../calls/assay-process.ts';
import { hubspotBench } from '../calls/hubspot-tenant.ts';
import { startPostgres } from '../calls/postgres.ts';
import { type BaseSize, days } from '../calls/tenant.ts';

/** Longer than the connector waits before it trusts what search shows. */
const settleMs = 900_000;
const buyers = 0.02;

/** What a portal takes on the store's disk: tables with their indexes, in bytes. */
export type StoreSize = {
  readonly customers: number;
  readonly deals: number;
  /** After the first load was scored, planned and written. */
  readonly first: number;
  /** More after a day on which 2 % bought. */
  readonly day: number;
  /** By table, after both, largest first; those below 16 KiB left out. */
  readonly tables: Readonly<Record<string, number>>;
};

/** Loads a portal as its users do, lets 2 % buy, runs again, and asks the server what it takes. */
export async function storeSize(size: BaseSize): Promise<StoreSize> {
  const postgres = await startPostgres();
  const tenant = await hubspotBench.open(size, { kind: 'free' });
  try {
    const assay = await openAssay({ crm: 'hubspot', tenant, databaseUrl: postgres.url });
    await assay.provision();
    await assay.run(days.first);
    const first = total(await tables(postgres.url));
    tenant.advance(settleMs);
    tenant.buy(days.first, buyers);
    tenant.advance(settleMs);
    await assay.run(days.second);
    const after = await tables(postgres.url);
    const { contacts: customers, deals } = size;
    return { customers, deals, first, day: total(after) - first, tables: after };
  } finally {
    await tenant.close();
    await postgres.stop();
  }
}

async function tables(connectionString: string): Promise<Readonly<Record<string, number>>> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query('vacuum analyze');
    const { rows } = await client.query<{ readonly name: string; readonly bytes: string }>(`
      select relname as name, pg_total_relation_size(c.oid) as bytes from pg_class c
      join pg_namespace n on n.oid = relnamespace
      where relkind = 'r' and nspname = 'public' and pg_total_relation_size(c.oid) > 16384
      order by 2 desc`);
    return Object.fromEntries(rows.map(({ name, bytes }) => [name, Number(bytes)]));
  } finally {
    await client.end();
  }
}

function total(sizes: Readonly<Record<string, number>>): number {
  return Object.values(sizes).reduce((sum, bytes) => sum + bytes, 0);
}
