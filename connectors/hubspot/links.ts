import { paginate } from '../../src/connector/paginate.ts';
import type { DealCustomer } from '../../src/domain/deal.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import type { Session } from './session.ts';
import { ensureWhole } from './whole-answer.ts';
import { linkAnswer, type WireRecord } from './wire.ts';

/** Most deals of one association read (BEHAVIOR, source `associations`). */
export const linksPerCall = 1_000;

/** Deal → company, primary: as a name on the list endpoint, as a number in a batch. */
const primaryName = 'deal_to_company';
const primaryTypeId = 5;

type Input = { readonly id: string; readonly after?: string };

/** All customers of these deals (at most 1,000); a deal without any has an empty list. */
export async function readLinks(
  session: Session,
  dealIds: readonly RecordId[],
  signal: AbortSignal,
): Promise<ReadonlyMap<RecordId, readonly DealCustomer[]>> {
  const found = new Map<RecordId, DealCustomer[]>(dealIds.map((id) => [id, []]));
  if (dealIds.length === 0) return found;
  const first: readonly Input[] = dealIds.map((id) => ({ id }));
  const pages = paginate(first, (inputs) => readLinkPage(session, inputs, signal), signal);
  for await (const page of pages)
    for (const { dealId, customers } of page) found.get(dealId)?.push(...customers);
  return found;
}

async function readLinkPage(
  { client, paths, customers: kind }: Session,
  inputs: readonly Input[],
  signal: AbortSignal,
) {
  const path = paths.links('deals', kind.type);
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
    values: results.map(({ from, to }) => ({
      dealId: from.id,
      customers: to.map(({ toObjectId, associationTypes }) => ({
        id: toObjectId,
        primary: associationTypes.some(
          ({ category, typeId }) => category !== 'USER_DEFINED' && typeId === primaryTypeId,
        ),
      })),
    })),
    next: more.length === 0 ? null : more,
  };
}

/**
 * The customers that came with a listed deal: one entry for each id and type. `null` when there are
 * more than its page holds.
 */
export function inlineCustomers(
  { associations = {} }: WireRecord,
  type: string,
): readonly DealCustomer[] | null {
  // Only one type was asked for, so a single entry is it, whatever it is called.
  const links = associations[type] ?? Object.values(associations)[0];
  if (links === undefined) return [];
  if (links.paging?.next !== undefined) return null;
  const byId = Map.groupBy(links.results, ({ id }) => id);
  return [...byId].map(([id, entries]) => ({
    id,
    primary: entries.some((entry) => entry.type === primaryName),
  }));
}
