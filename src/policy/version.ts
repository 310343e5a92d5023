import { createHash } from 'node:crypto';
import type { Policy } from './schema.ts';

const known = new WeakMap<Policy, string>();

/** Twelve hex digits of the policy's content: the same for the same rules, in whatever order written. */
export function policyVersion(policy: Policy): string {
  const before = known.get(policy);
  if (before !== undefined) return before;
  const version = createHash('sha256').update(canonicalJson(policy)).digest('hex').slice(0, 12);
  known.set(policy, version);
  return version;
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (isBlock(part) ? sorted(part) : part));
}

function isBlock(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sorted(block: object): object {
  return Object.fromEntries(
    Object.entries(block).toSorted(([left], [right]) => (left < right ? -1 : 1)),
  );
}
