import { z } from 'zod';
import { CallError } from '../../src/connector/http/call-error.ts';
import type { ClientSecrets } from './client-secrets.ts';
import type { Kept } from './kept-token.ts';
import { renewalsLimited } from './renewals.ts';
import type { ZohoCall } from './zoho-call.ts';

const good = z.object({
  access_token: z.string().min(1),
  api_domain: z.string().min(1).nullish(),
  /** Seconds. */
  expires_in: z.number().positive(),
});
const refused = z.object({ error: z.string(), error_description: z.string().nullish() });

/** Refusals often come with status 200 (facts §3), so they are told apart by their form. */
export const tokenAnswer = z.union([good, refused]);
export type TokenAnswer = z.output<typeof tokenAnswer>;

/** `POST /oauth/v2/token` (facts §3). It costs no credits. */
export function tokenCall(client: ClientSecrets): ZohoCall<TokenAnswer> {
  return {
    ...{ method: 'POST', path: '/oauth/v2/token', host: 'accounts', answer: tokenAnswer },
    ...{ effect: 'read', credits: 0, pool: 'plain' },
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: client.clientId.reveal(),
      client_secret: client.clientSecret.reveal(),
      refresh_token: client.refreshToken.reveal(),
    }),
  };
}

type Moment = {
  readonly origin: string;
  readonly now: number;
  readonly renewals: readonly number[];
};

/** At most so long before its end a token is renewed, and never in the first nine tenths of its life. */
const marginMs = 60_000;

/** @throws CallError `REFRESH_REFUSED` (pause) or `RENEWALS_LIMITED` (end at checkpoint). */
export function readToken(answer: TokenAnswer, { origin, now, renewals }: Moment): Kept {
  if ('error' in answer) throw refusedToken(answer.error, answer.error_description ?? '');
  const lifeMs = answer.expires_in * 1_000;
  return {
    accessToken: answer.access_token,
    apiDomain: answer.api_domain ?? null,
    renewAt: now + lifeMs - Math.min(marginMs, lifeMs / 10),
    renewals: [...renewals, now],
    origin,
  };
}

// The body of the refusal after ten is not documented (facts §14): any that is not about the tokens.
const tooManyWords = /too many|access.?denied|limit|throttl/i;

function refusedToken(error: string, description: string): CallError {
  if (tooManyWords.test(`${error} ${description}`)) return renewalsLimited(null);
  return new CallError({
    code: 'REFRESH_REFUSED',
    disposition: 'pause-connection',
    message: `Zoho does not renew the access token: ${error}`,
    todo: todoFor(error),
  });
}

function todoFor(error: string): string {
  if (error.startsWith('invalid_client'))
    return 'Check the client’s id and secret, and `dataCentre`: a client is known only in the data centre where it was registered.';
  return 'The refresh token was revoked, was pushed out by a newer one (20 per user), or belongs to another data centre: check `dataCentre`, consent again and set the new refresh token.';
}
