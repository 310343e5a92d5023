import { createHash } from 'node:crypto';

const known = new WeakMap<object, string>();

/**
 * SHA-256 hex over all that a policy says, looks too: equal for equal content in whatever order it is
 * written, with whatever comments. Takes a checked policy, or the plain data that was kept of one.
 */
export function policyDigest(content: object): string {
  const before = known.get(content);
  if (before !== undefined) return before;
  const digest = sha256(sortedJson(content));
  known.set(content, digest);
  return digest;
}

/**
 * Twelve hex digits that stand for one change: from what is in force (`null`: no policy was ever
 * published) to a draft. Whoever has seen it has seen this change and no other.
 */
export function changeDigest(inForce: string | null, draft: string): string {
  return sha256(`${inForce ?? ''}\n${draft}`).slice(0, 12);
}

/** JSON with the keys of every block in order. */
export function sortedJson(value: unknown): string {
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

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
