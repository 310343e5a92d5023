import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { CredentialStore } from '../../src/connector/connector.ts';
import { CallError } from '../../src/connector/http/call-error.ts';
import { Secret } from '../../src/lib/secret.ts';

/** Where the access token comes from. */
export type Auth = {
  /** Whether a refused token can be replaced without a person. */
  readonly renewable: boolean;
  readonly token: (signal: AbortSignal) => Promise<Secret>;
  /** Gets a new access token, whatever the old one's age. */
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
  readonly clientId: Secret;
  readonly clientSecret: Secret;
  /** As the operator gave it; what HubSpot returns later is kept in `credentials`. */
  readonly refreshToken: Secret;
  readonly credentials: CredentialStore;
  readonly now: () => number;
  readonly exchange: (form: URLSearchParams, signal: AbortSignal) => Promise<TokenAnswer>;
};

const kept = z.object({
  refreshToken: z.string(),
  accessToken: z.string(),
  expiresAt: z.number(),
  /** Of the operator's refresh token: a new one given by the operator goes before what is kept. */
  origin: z.string(),
});
type Kept = z.output<typeof kept>;

/** A token this close to its end is renewed first. */
const marginMs = 120_000;

/** OAuth: renewed by `expires_in`, never because of a 401 alone; one renewal at a time (BEHAVIOR 8). */
export function oauth(input: OAuthInput): Auth {
  const { refreshToken, credentials, now } = input;
  const origin = createHash('sha256').update(refreshToken.reveal()).digest('hex');
  let current: Kept | null = null;
  let running: Promise<Kept> | null = null;

  const renewed = async (signal: AbortSignal): Promise<Kept> => {
    const known = current ?? (await loadKept(credentials, origin));
    const old = known?.refreshToken ?? refreshToken.reveal();
    const answer = await exchangeRefused(() => input.exchange(form(input, old), signal));
    const next = {
      refreshToken: answer.refresh_token ?? old,
      accessToken: answer.access_token,
      expiresAt: now() + answer.expires_in * 1_000,
      origin,
    };
    await credentials.save(new Secret(JSON.stringify(next)));
    current = next;
    return next;
  };
  const renewOnce = async (signal: AbortSignal): Promise<Kept> => {
    running ??= renewed(signal).finally(() => {
      running = null;
    });
    return await running;
  };
  return {
    renewable: true,
    token: async (signal) => {
      current ??= await loadKept(credentials, origin);
      const isFresh = current !== null && current.expiresAt - marginMs > now();
      const usable = isFresh && current !== null ? current : await renewOnce(signal);
      return new Secret(usable.accessToken);
    },
    renew: async (signal) => {
      await renewOnce(signal);
    },
  };
}

function form({ clientId, clientSecret }: OAuthInput, refreshToken: string): URLSearchParams {
  return new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: clientId.reveal(),
    client_secret: clientSecret.reveal(),
    refresh_token: refreshToken,
  });
}

async function loadKept(credentials: CredentialStore, origin: string): Promise<Kept | null> {
  const secret = await credentials.load();
  if (secret === null) return null;
  try {
    const parsed = kept.safeParse(JSON.parse(secret.reveal()));
    return parsed.success && parsed.data.origin === origin ? parsed.data : null;
  } catch {
    return null;
  }
}

async function exchangeRefused(exchange: () => Promise<TokenAnswer>): Promise<TokenAnswer> {
  try {
    return await exchange();
  } catch (cause) {
    const isRefused = cause instanceof CallError && refusedCodes.has(cause.code);
    if (!isRefused) throw cause;
    throw new CallError({
      code: 'REFRESH_REFUSED',
      disposition: 'pause-connection',
      message: `HubSpot does not renew the access token: ${cause.message}`,
      todo: 'The app was removed from the portal or its secret changed: authorise it again and set the new refresh token.',
      cause,
    });
  }
}

const refusedCodes: ReadonlySet<string> = new Set([
  'REQUEST_REFUSED',
  'TOKEN_REFUSED',
  'ACCESS_DENIED',
  'NOT_FOUND',
]);
