import type { StoredLinks } from '../../src/connector/connector.ts';
import { paginate } from '../../src/connector/paginate.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import { chunk } from '../../src/lib/chunk.ts';
import { linksPerCall } from './links.ts';
import type { Session } from './session.ts';
import { ensureWhole } from './whole-answer.ts';
import { linkAnswer } from './wire.ts';

/** What is stored as belonging to customers: also of one that is gone. */
export type StoredDealsOf = StoredLinks['dealsOf'];

type Input = { readonly id: string; readonly after?: string };

/** Deals that HubSpot lists for these customers, and those that were theirs when last read. */
export async function dealsOfCustomers(
  session: Session,
  stored: StoredDealsOf,
  customers: readonly RecordId[],
  signal: AbortSignal,
): Promise<readonly RecordId[]> {
  if (customers.length === 0) return [];
  const found = new Set(await stored(customers));
  for (const some of chunk(customers, linksPerCall)) {
    const first: readonly Input[] = some.map((id) => ({ id }));
    const pages = paginate(first, (inputs) => readPage(session, inputs, signal), signal);
    for await (const ids of pages) for (const id of ids) found.add(id);
  }
  return [...found];
}

async function readPage(
  { client, paths, customers }: Session,
  inputs: readonly Input[],
  signal: AbortSignal,
) {
  const path = paths.links(customers.type, 'deals');
  const { results, errors } = await client.send(
    {
      method: 'POST',
      path,
      body: { inputs },
      answer: linkAnswer,
      effect: 'read',
      lane: 'associations',
    },
    signal,
  );
  ensureWhole(`POST ${path}`, errors);
  const more = results.flatMap(({ from, paging }) => {
    const after = paging?.next?.after;
    return after === undefined ? [] : [{ id: from.id, after }];
  });
  return {
    values: results.flatMap(({ to }) => to.map(({ toObjectId }) => toObjectId)),
    next: more.length === 0 ? null : more,
  };
}
