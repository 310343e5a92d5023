import { z } from 'zod';
import type { CredentialStore } from '../../src/connector/connector.ts';
import { isMeant, type KeptOrigin } from '../../src/connector/kept-origin.ts';
import { Secret } from '../../src/lib/secret.ts';

const kept = z.object({
  refreshToken: z.string(),
  /** Where it is good. */
  accounts: z.string(),
  /** Whether a person's consent gave it, which says better than settings where it is good. */
  isConnected: z.boolean(),
  accessToken: z.string(),
  apiDomain: z.string().nullable(),
  /** When it is to be renewed, epoch ms: a little before its end. */
  renewAt: z.number(),
  /** When it and those before it were made, epoch ms: ten in ten minutes is all (facts §3). */
  renewals: z.array(z.number()),
  client: z.string(),
  origin: z.string().nullable(),
});
/** The tokens as all processes of a connection share them. */
export type Kept = z.output<typeof kept>;

/** What the environment and the settings say now. */
export type Meant = KeptOrigin & { readonly accounts: string };

/** `null` when nothing is kept, or nothing that is still meant. */
export async function loadKept(store: CredentialStore, now: Meant): Promise<Kept | null> {
  const secret = await store.load();
  if (secret === null) return null;
  try {
    const parsed = kept.safeParse(JSON.parse(secret.reveal()));
    if (!parsed.success || !isMeant(parsed.data, now)) return null;
    const { isConnected, accounts } = parsed.data;
    return isConnected || accounts === now.accounts ? parsed.data : null;
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
