import type { ConnectionId } from '../domain/ids.ts';
import type { Policy } from '../policy/schema.ts';
import { policyVersion } from '../policy/version.ts';
import type { RunContext } from './context.ts';

const known = new WeakMap<Policy, Set<ConnectionId>>();

/**
 * Whether a run has scored everybody by the policy of now. Until then nobody is rescored alone: what a
 * new policy does to a base goes through one plan and its guards, not out one customer at a time. Once
 * true it stays so for as long as that policy is in force.
 */
export async function scoredWholly({
  connection,
  store,
  policy,
}: Pick<RunContext, 'connection' | 'store' | 'policy'>): Promise<boolean> {
  const wholly = known.get(policy) ?? new Set();
  if (wholly.has(connection)) return true;
  const isWhole = await store.policies.hasScoredAll(connection, policyVersion(policy));
  if (isWhole) known.set(policy, wholly.add(connection));
  return isWhole;
}
