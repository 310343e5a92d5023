import { mapInParallel } from '../../src/connector/map-in-parallel.ts';
import type { PullPage } from '../../src/connector/pull.ts';
import type { RecordIds } from '../../src/connector/webhooks.ts';
import type { DealCustomer } from '../../src/domain/deal.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import type { PullObject } from '../../src/domain/pull-task.ts';
import type { Removal } from '../../src/domain/removal.ts';
import { chunk } from '../../src/lib/chunk.ts';
import type { StoredDealsOf } from './customer-deals.ts';
import { dealsOfCustomers } from './customer-deals.ts';
import { toDeal } from './deal-mapping.ts';
import { linksPerCall, readLinks } from './links.ts';
import { kindOf } from './object-kind.ts';
import { askedProperties, emptyPage, mergeRemovals, type PullContext } from './pull-context.ts';
import { batchSize, readBatch } from './read-batch.ts';
import type { WireRecord } from './wire.ts';

/** Calls on their way at once. */
const width = 4;

type Links = ReadonlyMap<RecordId, readonly DealCustomer[]>;

/**
 * These records as they stand, from no index: the customers with all their deals, the deals with all
 * their customers. Two rounds of calls at a hundred records each, three after a merge.
 */
export async function readRecords(
  context: PullContext,
  stored: StoredDealsOf,
  asked: RecordIds,
  signal: AbortSignal,
): Promise<PullPage> {
  const [named, dealsNamed, linksNamed, dealsListed] = await Promise.all([
    readAll(context, 'customers', asked.customers, signal),
    readAll(context, 'deals', asked.deals, signal),
    allLinks(context, asked.deals, signal),
    dealsOfCustomers(context.session, stored, asked.customers, signal),
  ]);
  const became = named.map(({ id }) => id).filter((id) => !asked.customers.includes(id));
  const ofMerged = await dealsOfCustomers(context.session, stored, became, signal);
  const others = without([...dealsListed, ...ofMerged], asked.deals);
  const sharing = [...linksNamed.values()].flat().map(({ id }) => id);
  const known = [...asked.customers, ...became];
  const [more, dealsMore, linksMore] = await Promise.all([
    readAll(context, 'customers', without(sharing, known), signal),
    readAll(context, 'deals', others, signal),
    allLinks(context, others, signal),
  ]);
  const customers = once([...named, ...more]);
  const deals = once([...dealsNamed, ...dealsMore]);
  return {
    ...emptyPage,
    customers: customers.map(context.session.mapping.toCustomer),
    deals: await toDeals(context, deals, new Map([...linksNamed, ...linksMore]), signal),
    removals: [
      ...left(context, 'customers', asked.customers, customers),
      ...left(context, 'deals', [...asked.deals, ...others], deals),
    ],
  };
}

async function readAll(
  context: PullContext,
  object: PullObject,
  ids: readonly RecordId[],
  signal: AbortSignal,
): Promise<readonly WireRecord[]> {
  const { session } = context;
  const kind = kindOf(object, session.subject);
  const properties = askedProperties(context, object);
  const batches = await mapInParallel([...chunk(ids, batchSize)], width, async (some) => {
    return await readBatch(session, kind, some, properties, signal);
  });
  return batches.flat();
}

async function allLinks(
  { session }: PullContext,
  deals: readonly RecordId[],
  signal: AbortSignal,
): Promise<Links> {
  const all: (readonly [RecordId, readonly DealCustomer[]])[] = [];
  for (const some of chunk(deals, linksPerCall))
    all.push(...(await readLinks(session, some, signal)));
  return new Map(all);
}

/** A deal that was merged answers as what it became, whose customers nobody asked for: they are left as they were. */
async function toDeals(
  { session, portal }: PullContext,
  records: readonly WireRecord[],
  links: Links,
  signal: AbortSignal,
) {
  const facts = await portal.dealContext(records, signal);
  const { fields } = session.settings;
  return records.map((record) => toDeal(record, links.get(record.id) ?? null, fields, facts));
}

/** Those that did not answer are gone; a record that was merged names what it was made of. */
function left(
  context: PullContext,
  object: PullObject,
  asked: readonly RecordId[],
  found: readonly WireRecord[],
): readonly Removal[] {
  const merged = mergeRemovals(context, object, found);
  const told = new Set([...merged, ...found].map(({ id }) => id));
  const gone = asked.filter((id) => !told.has(id));
  return [...merged, ...gone.map((id) => ({ object, id, kind: 'archived' }) as const)];
}

function without(ids: readonly RecordId[], known: readonly RecordId[]): readonly RecordId[] {
  const left = new Set(ids);
  for (const id of known) left.delete(id);
  return [...left];
}

/** Two records that were merged answer as one, twice. */
function once(records: readonly WireRecord[]): readonly WireRecord[] {
  return [...new Map(records.map((record) => [record.id, record])).values()];
}
