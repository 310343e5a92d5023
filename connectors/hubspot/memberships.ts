import type { ListState } from '../../src/connector/connector.ts';
import { halve } from '../../src/connector/halve.ts';
import { CallError } from '../../src/connector/http/call-error.ts';
import { type Page, paginate } from '../../src/connector/paginate.ts';
import { AssayError } from '../../src/domain/assay-error.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import type { KnownList, MembershipReceipt } from '../../src/domain/list.ts';
import { changeMembers, receipt, type Step } from './change-members.ts';
import { fetchLists } from './lists.ts';
import type { Session } from './session.ts';
import { memberPage } from './wire-schema.ts';

/** Most members of one page (BEHAVIOR, source `spec`). */
const memberPageSize = 250;
/** A refused call of fewer ids is not refused for its size. */
const leastHalved = 500;

/** Adds and removes in one call; HubSpot ignores who is already on or off the list. */
export async function applyMemberships(
  session: Session,
  list: KnownList,
  add: readonly RecordId[],
  remove: readonly RecordId[],
  signal: AbortSignal,
): Promise<readonly MembershipReceipt[]> {
  const steps: readonly Step[] = [
    ...add.map((customerId) => ({ customerId, action: 'add' }) as const),
    ...remove.map((customerId) => ({ customerId, action: 'remove' }) as const),
  ];
  try {
    return await halve<Step, MembershipReceipt>(steps, {
      send: async (batch) => await changeMembers(session, list, batch, signal),
      isRefusal: (error) => isRejected(error) && !isNotFound(error),
      least: leastHalved,
      refused: async (batch) =>
        batch.map((step) => receipt(list, step, 'rejected', 'MEMBERSHIP_REFUSED')),
    });
  } catch (error) {
    if (!isNotFound(error)) throw error;
    return steps.map((step) => receipt(list, step, 'rejected', 'LIST_DELETED'));
  }
}

function isRejected(error: unknown): error is CallError {
  return error instanceof CallError && error.disposition === 'reject';
}

function isNotFound(error: unknown): error is CallError {
  return isRejected(error) && error.code === 'NOT_FOUND';
}

/** Sizes of all lists in one call; `null` for one that a person deleted. */
export async function readLists(
  session: Session,
  lists: readonly KnownList[],
  signal: AbortSignal,
): Promise<readonly ListState[]> {
  const live = await fetchLists(
    session,
    lists.map(({ crmId }) => crmId),
    signal,
  );
  const sizes = new Map(live.map(({ listId, size }) => [listId, size]));
  return lists.map(({ key, crmId }) => ({ key, size: sizes.get(crmId) ?? null }));
}

/** All members, 250 a page. @throws AssayError `LIST_DELETED` (reject). */
export function readMembers(
  session: Session,
  list: KnownList,
  signal: AbortSignal,
): AsyncIterable<readonly RecordId[]> {
  return paginate('', async (after) => await readMemberPage(session, list, after, signal), signal);
}

async function readMemberPage(
  { client, paths }: Session,
  { crmId, name }: KnownList,
  after: string,
  signal: AbortSignal,
): Promise<Page<readonly RecordId[], string>> {
  const start = after === '' ? [] : [['after', after] as const];
  try {
    const { results, paging } = await client.send(
      {
        method: 'GET',
        path: paths.members(crmId),
        query: [['limit', String(memberPageSize)], ...start],
        answer: memberPage,
        effect: 'read',
      },
      signal,
    );
    const values = results.map(({ recordId }) => recordId);
    return { values, next: paging?.next?.after ?? null };
  } catch (error) {
    if (!isNotFound(error)) throw error;
    throw new AssayError(
      'LIST_DELETED',
      'reject',
      `Somebody deleted the list “${name}” (${crmId}) in HubSpot`,
      'Restore it in HubSpot, or run `assay provision --rebuild-lists`.',
      { cause: error },
    );
  }
}
