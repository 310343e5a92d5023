import type { NamedRule } from '../domain/history.ts';
import type { Policy } from '../policy/schema.ts';
import type { HistoryInput } from './history-input.ts';

type Named = Pick<HistoryInput['customer'], 'id' | 'externalId' | 'email'>;

/**
 * What the policy says of this customer by hand: by external id, record id or e-mail, of any of its
 * records where it has several.
 */
export function namedRuleOf(records: readonly Named[], { named }: Policy): NamedRule | null {
  if (named.length === 0) return null;
  const found = named.find(({ customer }) => records.some((record) => isCalled(record, customer)));
  if (found === undefined) return null;
  const { floor = null, importance = null, why, by, until = null } = found;
  return { floor, importance, why, by, until };
}

function isCalled({ id, externalId, email }: Named, name: string): boolean {
  return name === externalId || name === id || name.toLowerCase() === email?.toLowerCase();
}
