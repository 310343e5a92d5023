import type { DealCustomer } from '../domain/deal.ts';
import type { RecordId } from '../domain/ids.ts';
import type { Attribution } from '../domain/subject.ts';
import { assertNever } from '../lib/assert-never.ts';

/**
 * What of `minor` falls to `customerId`; `null` when nothing of the deal is theirs. Under `split`
 * and `primary` the shares of all the deal's customers add up to `minor` exactly.
 */
export function shareOf(
  customerId: RecordId,
  minor: number,
  customers: readonly DealCustomer[],
  rule: Attribution,
): number | null {
  const isTheirs = customers.some(({ id }) => id === customerId);
  if (!isTheirs) return null;
  switch (rule) {
    case 'all':
      return minor;
    case 'primary':
      return primaryOf(customers) === customerId ? minor : null;
    case 'split':
      return customers.length === 1 ? minor : equalShare(customerId, minor, customers);
    default:
      return assertNever(rule);
  }
}

/** The odd minor units go one each to the lowest ids, a refund's as a purchase's. */
function equalShare(customerId: RecordId, minor: number, customers: readonly DealCustomer[]) {
  const ids = new Set(customers.map(({ id }) => id));
  let lower = 0;
  for (const id of ids) if (compareIds(id, customerId) < 0) lower += 1;
  const base = Math.trunc(minor / ids.size);
  const odd = minor - base * ids.size;
  return base + (lower < Math.abs(odd) ? Math.sign(odd) : 0);
}

/** The CRM's mark, else the lowest id. */
function primaryOf(customers: readonly DealCustomer[]): RecordId | null {
  const marked = customers.filter(({ primary }) => primary);
  const candidates = marked.length > 0 ? marked : customers;
  return candidates.reduce<RecordId | null>(
    (lowest, { id }) => (lowest === null || compareIds(id, lowest) < 0 ? id : lowest),
    null,
  );
}

/** Numbers by size though they are text (19 digits do not fit a double), others by text. */
function compareIds(left: RecordId, right: RecordId): number {
  if (left.length !== right.length) return left.length - right.length;
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
