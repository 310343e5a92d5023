import type { PullPage } from '../../src/connector/pull.ts';
import type { RecordIds } from '../../src/connector/webhooks.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import type { PullObject } from '../../src/domain/pull-task.ts';
import type { Removal } from '../../src/domain/removal.ts';
import { chunk } from '../../src/lib/chunk.ts';
import { coql } from './coql.ts';
import { quoted } from './criteria.ts';
import type { FlatRecord } from './flat-record.ts';
import { emptyPage, type PullContext } from './pull-context.ts';
import { getByIds } from './read-by-ids.ts';
import { pageOf } from './rows-page.ts';
import { fieldsToRead } from './shape.ts';

/** Values of one `in` (facts §1). */
const idsPerIn = 100;
/** Rows of one query for a credit (facts §1). */
const rowsPerQuery = 200;

/**
 * These records as they stand: the customers with their deals, the deals with their customers. By GET,
 * a hundred a call; which deals a customer has tells COQL and what is stored. Of a merged record Zoho
 * knows no more than that it is gone: the deals that were its own lead to the one that took them.
 */
export async function readRecords(
  context: PullContext,
  asked: RecordIds,
  signal: AbortSignal,
): Promise<PullPage> {
  const [named, dealsNamed, theirs] = await Promise.all([
    readAll(context, 'customers', asked.customers, signal),
    readAll(context, 'deals', asked.deals, signal),
    dealsOf(context, asked.customers, signal),
  ]);
  const others = without(theirs, asked.deals);
  const dealsMore = await readAll(context, 'deals', others, signal);
  const deals = [...dealsNamed, ...dealsMore];
  const page = await pageOf(context.session, 'deals', deals, signal);
  const sharing = page.deals.flatMap(({ customers }) => (customers ?? []).map(({ id }) => id));
  const more = await readAll(context, 'customers', without(sharing, asked.customers), signal);
  const { customers } = await pageOf(context.session, 'customers', [...named, ...more], signal);
  return {
    ...emptyPage,
    customers,
    deals: page.deals,
    removals: [
      ...left('customers', asked.customers, named),
      ...left('deals', [...asked.deals, ...others], deals),
    ],
  };
}

async function readAll(
  context: PullContext,
  object: PullObject,
  ids: readonly RecordId[],
  signal: AbortSignal,
): Promise<readonly FlatRecord[]> {
  if (ids.length === 0) return [];
  const fields = await fieldsToRead(context.session, object, signal);
  return await getByIds(context, { object, fields }, ids, signal);
}

/** Those whose field names the customer, and those that were theirs when last read, by role for example. */
async function dealsOf(
  { session }: PullContext,
  customers: readonly RecordId[],
  signal: AbortSignal,
): Promise<readonly RecordId[]> {
  if (customers.length === 0) return [];
  const found = new Set(await session.stored.dealsOf(customers));
  const field = session.subject === 'contact' ? 'Contact_Name' : 'Account_Name';
  for (const some of chunk(customers, idsPerIn)) {
    const of = `${field} in (${some.map(quoted).join(', ')})`;
    for await (const id of dealIds(session, of, signal)) found.add(id);
  }
  return [...found];
}

async function* dealIds(
  session: PullContext['session'],
  of: string,
  signal: AbortSignal,
): AsyncGenerator<RecordId> {
  let above = '0';
  for (let hasMore = true; hasMore; ) {
    const page = await coql(
      session,
      {
        ...{ module: 'Deals', select: [], order: 'id asc', limit: rowsPerQuery },
        where: `(${of} and id > ${quoted(above)})`,
      },
      signal,
    );
    for (const { id } of page.rows) yield id;
    above = page.rows.at(-1)?.id ?? above;
    hasMore = page.hasMore && page.rows.length > 0;
  }
}

/** Those that did not answer are gone. */
function left(
  object: PullObject,
  asked: readonly RecordId[],
  found: readonly FlatRecord[],
): readonly Removal[] {
  const live = new Set(found.map(({ id }) => id));
  return asked
    .filter((id) => !live.has(id))
    .map((id) => ({ object, id, kind: 'archived' }) as const);
}

function without(ids: readonly RecordId[], known: readonly RecordId[]): readonly RecordId[] {
  const rest = new Set(ids);
  for (const id of known) rest.delete(id);
  return [...rest];
}
