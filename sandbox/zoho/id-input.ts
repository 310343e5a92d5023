import { z } from 'zod';

const reference = z.object({ id: z.unknown() });

/**
 * An id as clients send it. Zoho reads a JSON number as 64 bits, so a client that parsed an id into a
 * double sends one whose last digits are lost: the text is right, and it is somebody else's id or
 * nobody's (facts §9). `undefined`: not an id at all.
 */
export function idOf(value: unknown): string | undefined {
  if (typeof value === 'bigint' || typeof value === 'number') return idOf(String(value));
  if (typeof value !== 'string') return undefined;
  return /^\d+$/.test(value) ? value : undefined;
}

/** The id of `{ "id": … }`, or of the bare id that stands in its place. */
export function referencedId(value: unknown): string | undefined {
  const parsed = reference.safeParse(value);
  return idOf(parsed.success ? parsed.data.id : value);
}
