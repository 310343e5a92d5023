import type { ListSpec } from '../domain/list.ts';
import type { Policy } from './schema.ts';

/** The lists that the policy asks for. */
export function listSpecs(policy: Policy): readonly ListSpec[] {
  return policy.lists.map(({ key, name, tiers }) => ({ key, name, tiers }));
}
