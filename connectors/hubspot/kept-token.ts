import { z } from 'zod';
import type { CredentialStore } from '../../src/connector/connector.ts';
import { isMeant, type KeptOrigin } from '../../src/connector/kept-origin.ts';
import { Secret } from '../../src/lib/secret.ts';

const kept = z.object({
  refreshToken: z.string(),
  accessToken: z.string(),
  /** Epoch ms. */
  expiresAt: z.number(),
  client: z.string().optional(),
  origin: z.string().nullable(),
});
/** Tokens as all processes of a connection share them. */
export type Kept = z.output<typeof kept>;

/** `null` when nothing is kept, or nothing that is still meant. */
export async function loadKept(store: CredentialStore, now: KeptOrigin): Promise<Kept | null> {
  const secret = await store.load();
  if (secret === null) return null;
  try {
    const parsed = kept.safeParse(JSON.parse(secret.reveal()));
    return parsed.success && isMeant(parsed.data, now) ? parsed.data : null;
  } catch {
    return null;
  }
}

export async function saveKept(store: CredentialStore, token: Kept): Promise<void> {
  await store.save(secretOfKept(token));
}

export function secretOfKept(token: Kept): Secret {
  return new Secret(JSON.stringify(token));
}
