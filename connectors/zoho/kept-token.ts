import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { CredentialStore } from '../../src/connector/connector.ts';
import { Secret } from '../../src/lib/secret.ts';
import type { ClientSecrets } from './client-secrets.ts';

const kept = z.object({
  accessToken: z.string(),
  apiDomain: z.string().nullable(),
  /** When it is to be renewed, epoch ms: a little before its end. */
  renewAt: z.number(),
  /** When it and those before it were made, epoch ms: ten in ten minutes is all (facts §3). */
  renewals: z.array(z.number()),
  /** What it was made of: after the operator changed that, what is kept is void. */
  origin: z.string(),
});
/** The access token as all processes of a connection share it. */
export type Kept = z.output<typeof kept>;

export function originOf({ clientId, refreshToken }: ClientSecrets, accounts: string): string {
  const parts = [accounts, clientId.reveal(), refreshToken.reveal()];
  return createHash('sha256').update(parts.join('\n')).digest('hex');
}

/** `null` when nothing is kept, or nothing that is of use. */
export async function loadKept(store: CredentialStore, origin: string): Promise<Kept | null> {
  const secret = await store.load();
  if (secret === null) return null;
  try {
    const parsed = kept.safeParse(JSON.parse(secret.reveal()));
    return parsed.success && parsed.data.origin === origin ? parsed.data : null;
  } catch {
    return null;
  }
}

export async function saveKept(store: CredentialStore, token: Kept): Promise<void> {
  await store.save(new Secret(JSON.stringify(token)));
}
