import type { NamedRule } from '../domain/history.ts';
import type { Policy } from '../policy/schema.ts';
import type { HistoryInput } from './history-input.ts';

/** What the policy says of this customer by hand: by external id, record id or e-mail. */
export function namedRuleOf(
  { id, externalId, email }: HistoryInput['customer'],
  { named }: Policy,
): NamedRule | null {
  if (named.length === 0) return null;
  const mail = email?.toLowerCase() ?? null;
  const found = named.find(
    ({ customer }) => customer === externalId || customer === id || customer.toLowerCase() === mail,
  );
  if (found === undefined) return null;
  const { floor = null, importance = null, why, by, until = null } = found;
  return { floor, importance, why, by, until };
}
