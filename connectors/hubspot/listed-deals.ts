import type { Deal } from '../../src/domain/deal.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import { chunk } from '../../src/lib/chunk.ts';
import { toDeal } from './deal-mapping.ts';
import { inlineCustomers, readLinks } from './links.ts';
import { deals as dealKind } from './object-kind.ts';
import { askedProperties, type PullContext } from './pull-context.ts';
import { batchSize, readBatch } from './read-batch.ts';
import type { WireRecord } from './wire.ts';

type Waiting = {
  /** Deals of earlier pages whose customers did not all come with them. */
  readonly waiting: readonly RecordId[];
  /** Nothing comes after this page. */
  readonly isLast: boolean;
};

/**
 * The deals of a list page. One with more customers than came with it is left out and waits for a
 * hundred of its kind: two calls for all of them instead of one for each page.
 */
export async function listedDeals(
  context: PullContext,
  records: readonly WireRecord[],
  { waiting, isLast }: Waiting,
  signal: AbortSignal,
): Promise<{ readonly deals: readonly Deal[]; readonly waiting: RecordId[] }> {
  const { customers, settings } = context.session;
  const facts = await context.portal.dealContext(records, signal);
  const deals: Deal[] = [];
  const cut = [...waiting];
  for (const record of records) {
    const links = inlineCustomers(record, customers.type);
    if (links === null) cut.push(record.id);
    else deals.push(toDeal(record, links, settings.fields, facts));
  }
  if (!isLast && cut.length < batchSize) return { deals, waiting: cut };
  for (const ids of chunk(cut, batchSize)) deals.push(...(await wholeDeals(context, ids, signal)));
  return { deals, waiting: [] };
}

async function wholeDeals(
  context: PullContext,
  ids: readonly RecordId[],
  signal: AbortSignal,
): Promise<readonly Deal[]> {
  const { session, portal } = context;
  const asked = askedProperties(context, 'deals');
  const [records, links] = await Promise.all([
    readBatch(session, dealKind, ids, asked, signal),
    readLinks(session, ids, signal),
  ]);
  const facts = await portal.dealContext(records, signal);
  return records.flatMap((record) => {
    const customers = links.get(record.id);
    // A record that was merged meanwhile answers under an id nobody asked for.
    return customers === undefined
      ? []
      : [toDeal(record, customers, session.settings.fields, facts)];
  });
}
