import type { CredentialStore } from '../../src/connector/connector.ts';
import { notConnected, originOf } from '../../src/connector/kept-origin.ts';
import type { ConnectionId } from '../../src/domain/ids.ts';
import { Secret } from '../../src/lib/secret.ts';
import type { ClientSecrets } from './client-secrets.ts';
import { type Kept, loadKept, saveKept } from './kept-token.ts';
import { renewalsLimited, renewalWindow } from './renewals.ts';
import { readRenewal, type TokenAnswer, tokenCall } from './token-call.ts';
import type { ZohoCall } from './zoho-call.ts';

/** An access token, and where it is good. */
export type Grant = { readonly token: Secret; readonly apiDomain: string | null };

/** Where the access token comes from. */
export type Auth = {
  /** The one that is good as far as is known; renewed when none is. */
  readonly grant: (signal: AbortSignal) => Promise<Grant>;
  /** Says that Zoho refused this token: the next grant is another. */
  readonly refused: (token: Secret) => void;
};

type AuthInput = {
  readonly connection: ConnectionId;
  readonly client: ClientSecrets;
  /** As the operator gave it; `null`: what `assay connect` left in `credentials`. */
  readonly refreshToken: Secret | null;
  /** The accounts address of the settings. */
  readonly accounts: string;
  /** Whether it goes before the one where a person agreed: a local sandbox. */
  readonly isAccountsFixed: boolean;
  readonly credentials: CredentialStore;
  readonly now: () => number;
  readonly exchange: (call: ZohoCall<TokenAnswer>, signal: AbortSignal) => Promise<TokenAnswer>;
};

/** What the next access token is made of. */
type Source = Pick<Kept, 'refreshToken' | 'accounts' | 'isConnected'>;

/**
 * The refresh-token grant. One access token per connection, shared through `credentials` by every
 * process and renewed by one of them at a time: Zoho gives out ten in ten minutes (facts §3).
 */
export function refreshTokenAuth(input: AuthInput): Auth {
  const { credentials, now, accounts } = input;
  const meant = { ...originOf(input.client.clientId, input.refreshToken), accounts };
  let current: Kept | null = null;
  let refusedToken: string | null = null;
  let running: Promise<Kept> | null = null;

  const isGood = (kept: Kept): boolean => kept.renewAt > now() && kept.accessToken !== refusedToken;

  // Another process may have renewed it while this one waited for the lock.
  const renewAlone = async (signal: AbortSignal): Promise<Kept> => {
    const stored = await loadKept(credentials, meant);
    if (stored !== null && isGood(stored)) return stored;
    const source = sourceOf(input, stored);
    // Where nothing is kept, for want of a key to seal it, this process counts its own.
    const renewals = renewalWindow((stored ?? current)?.renewals ?? [], now());
    if (renewals.isFull) throw renewalsLimited(renewals.waitMs);
    const call = tokenCall(input.client, {
      grant_type: 'refresh_token',
      refresh_token: source.refreshToken,
    });
    const at = input.isAccountsFixed ? accounts : source.accounts;
    const answer = await input.exchange({ ...call, origin: at }, signal);
    const made = readRenewal(answer, { now: now(), renewals: renewals.times });
    const { client = '', origin } = stored ?? meant;
    const next = { ...source, ...made, client, origin };
    await saveKept(credentials, next);
    return next;
  };
  const renew = async (signal: AbortSignal): Promise<Kept> => {
    const stored = await loadKept(credentials, meant);
    if (stored !== null && isGood(stored)) return stored;
    return await credentials.exclusively(async () => await renewAlone(signal), signal);
  };
  const renewOnce = async (signal: AbortSignal): Promise<Kept> => {
    const shared = running;
    const mine = shared ?? renew(signal).finally(() => (running = null));
    running = mine;
    try {
      return await mine;
    } catch (error) {
      // Whose signal stopped the renewal is not everybody's: one who only waited tries it himself.
      if (shared === null || !isAbort(error) || signal.aborted) throw error;
      return await renewOnce(signal);
    }
  };
  return {
    grant: async (signal) => {
      const usable = current !== null && isGood(current) ? current : await renewOnce(signal);
      current = usable;
      return { token: new Secret(usable.accessToken), apiDomain: usable.apiDomain };
    },
    refused: (token) => {
      refusedToken = token.reveal();
    },
  };
}

function sourceOf({ connection, refreshToken, accounts }: AuthInput, stored: Kept | null): Source {
  if (stored !== null) {
    const { refreshToken: known, accounts: at, isConnected } = stored;
    return { refreshToken: known, accounts: at, isConnected };
  }
  if (refreshToken === null) throw notConnected(connection);
  return { refreshToken: refreshToken.reveal(), accounts, isConnected: false };
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
