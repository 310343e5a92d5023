import { z } from 'zod';
import type { CredentialStore } from '../../src/connector/connector.ts';
import { CallError } from '../../src/connector/http/call-error.ts';
import { notConnected, originOf } from '../../src/connector/kept-origin.ts';
import type { ConnectionId } from '../../src/domain/ids.ts';
import { Secret } from '../../src/lib/secret.ts';
import { type Kept, loadKept, saveKept } from './kept-token.ts';

/** Where the access token comes from. */
export type Auth = {
  /** Whether a refused token can be replaced without a person. */
  readonly renewable: boolean;
  readonly token: (signal: AbortSignal) => Promise<Secret>;
  /** Gets another access token than the last, whatever that one's age. */
  readonly renew: (signal: AbortSignal) => Promise<void>;
};

/** A service key or private-app token: it is what it is until a person changes it. */
export function staticAuth(token: Secret): Auth {
  return { renewable: false, token: async () => token, renew: async () => undefined };
}

/** The token endpoint's answer (BEHAVIOR 8). */
export const tokenAnswer = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
  /** Seconds. */
  expires_in: z.number().positive(),
});
export type TokenAnswer = z.output<typeof tokenAnswer>;

type OAuthInput = {
  readonly connection: ConnectionId;
  readonly clientId: Secret;
  readonly clientSecret: Secret;
  /** As the operator gave it; `null`: what `assay connect` left in `credentials`. */
  readonly refreshToken: Secret | null;
  readonly credentials: CredentialStore;
  readonly now: () => number;
  readonly exchange: (form: URLSearchParams, signal: AbortSignal) => Promise<TokenAnswer>;
};

/** A token this close to its end is renewed first. */
const marginMs = 120_000;

/**
 * OAuth: renewed by `expires_in`, never because of a 401 alone; by one of all processes at a time,
 * for a renewal may end the refresh token that another is about to use (BEHAVIOR 8).
 */
export function oauth(input: OAuthInput): Auth {
  const { credentials, now } = input;
  const origin = originOf(input.clientId, input.refreshToken);
  let current: Kept | null = null;
  let refusedToken: string | null = null;
  let running: Promise<Kept> | null = null;

  const isGood = (kept: Kept): boolean =>
    kept.expiresAt - marginMs > now() && kept.accessToken !== refusedToken;

  // Another process may have renewed it while this one waited for the lock.
  const renewAlone = async (signal: AbortSignal): Promise<Kept> => {
    const stored = await loadKept(credentials, origin);
    if (stored !== null && isGood(stored)) return stored;
    const old = (stored ?? current)?.refreshToken ?? input.refreshToken?.reveal();
    if (old === undefined) throw notConnected(input.connection);
    const given = input.refreshToken?.reveal() ?? old;
    const [answer, used] = await exchangeRefused(() => firstTaken(input, [old, given], signal));
    const next = { ...origin, ...(stored ?? {}), ...readToken(answer, now(), used) };
    await saveKept(credentials, next);
    return next;
  };
  const renewed = async (signal: AbortSignal): Promise<Kept> => {
    const stored = await loadKept(credentials, origin);
    if (stored !== null && isGood(stored)) return stored;
    return await credentials.exclusively(async () => await renewAlone(signal), signal);
  };
  const renewOnce = async (signal: AbortSignal): Promise<Kept> => {
    running ??= renewed(signal).finally(() => {
      running = null;
    });
    current = await running;
    return current;
  };
  return {
    renewable: true,
    token: async (signal) => {
      const usable = current !== null && isGood(current) ? current : await renewOnce(signal);
      return new Secret(usable.accessToken);
    },
    renew: async (signal) => {
      refusedToken = current?.accessToken ?? null;
      await renewOnce(signal);
    },
  };
}

/** What an answer of the token endpoint leaves to keep. */
export function readToken(
  answer: TokenAnswer,
  now: number,
  refreshToken: string,
): Pick<Kept, 'refreshToken' | 'accessToken' | 'expiresAt'> {
  return {
    refreshToken: answer.refresh_token ?? refreshToken,
    accessToken: answer.access_token,
    expiresAt: now + answer.expires_in * 1_000,
  };
}

/** The kept one may be what a spoilt answer said: then the one that the operator gave is still good. */
async function firstTaken(
  input: OAuthInput,
  [old, given]: readonly [old: string, given: string],
  signal: AbortSignal,
): Promise<readonly [answer: TokenAnswer, used: string]> {
  try {
    return [await input.exchange(form(input, old), signal), old];
  } catch (error) {
    if (old === given || !isRefusal(error)) throw error;
    return [await input.exchange(form(input, given), signal), given];
  }
}

function form({ clientId, clientSecret }: OAuthInput, refreshToken: string): URLSearchParams {
  return new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: clientId.reveal(),
    client_secret: clientSecret.reveal(),
    refresh_token: refreshToken,
  });
}

async function exchangeRefused<T>(exchange: () => Promise<T>): Promise<T> {
  try {
    return await exchange();
  } catch (cause) {
    if (!isRefusal(cause)) throw cause;
    throw new CallError({
      code: 'REFRESH_REFUSED',
      disposition: 'pause-connection',
      message: `HubSpot does not renew the access token: ${cause.message}`,
      todo: 'The app was removed from the portal or its secret changed: authorise it again with `assay connect`, or set the new refresh token.',
      cause,
    });
  }
}

/** Whether the token endpoint said no, in contrast to nothing. */
export function isRefusal(error: unknown): error is CallError {
  return error instanceof CallError && refusedCodes.has(error.code);
}

const refusedCodes: ReadonlySet<string> = new Set([
  'REQUEST_REFUSED',
  'TOKEN_REFUSED',
  'ACCESS_DENIED',
  'NOT_FOUND',
]);
