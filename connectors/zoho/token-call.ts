import { z } from 'zod';
import { CallError } from '../../src/connector/http/call-error.ts';
import { quoted } from '../../src/connector/http/quoted.ts';
import type { ClientSecrets } from './client-secrets.ts';
import type { Kept } from './kept-token.ts';
import { renewalsLimited } from './renewals.ts';
import type { ZohoCall } from './zoho-call.ts';

const good = z.object({
  access_token: z.string().min(1),
  /** Only in return for a code. */
  refresh_token: z.string().min(1).nullish(),
  api_domain: z.string().min(1).nullish(),
  /** Seconds. */
  expires_in: z.number().positive(),
});
const refused = z.object({ error: z.string(), error_description: z.string().nullish() });

/** Refusals often come with status 200 (facts §3), so they are told apart by their form. */
export const tokenAnswer = z.union([good, refused]);
export type TokenAnswer = z.output<typeof tokenAnswer>;

/** `POST /oauth/v2/token` (facts §3). It costs no credits. */
export function tokenCall(
  client: ClientSecrets,
  grant: Readonly<Record<string, string>>,
): ZohoCall<TokenAnswer> {
  return {
    ...{ method: 'POST', path: '/oauth/v2/token', host: 'accounts', answer: tokenAnswer },
    ...{ effect: 'read', credits: 0, pool: 'plain' },
    body: new URLSearchParams({
      client_id: client.clientId.reveal(),
      client_secret: client.clientSecret.reveal(),
      ...grant,
    }),
  };
}

type Moment = { readonly now: number; readonly renewals: readonly number[] };

/** What a good answer says of the access token. */
export type Made = Pick<Kept, 'accessToken' | 'apiDomain' | 'renewAt' | 'renewals'>;

/** At most so long before its end a token is renewed, and never in the first nine tenths of its life. */
const marginMs = 60_000;

/** @throws CallError `REFRESH_REFUSED` (pause) or `RENEWALS_LIMITED` (end at checkpoint). */
export function readRenewal(answer: TokenAnswer, moment: Moment): Made {
  if ('error' in answer) throw refusedToken(answer.error, answer.error_description ?? '');
  return readGood(answer, moment);
}

export function readGood(answer: z.output<typeof good>, { now, renewals }: Moment): Made {
  const lifeMs = answer.expires_in * 1_000;
  return {
    accessToken: answer.access_token,
    apiDomain: answer.api_domain ?? null,
    renewAt: now + lifeMs - Math.min(marginMs, lifeMs / 10),
    renewals: [...renewals, now],
  };
}

// The body of the refusal after ten is not documented (facts §14): any that is not about the tokens.
const tooManyWords = /too many|access.?denied|limit|throttl/i;

function refusedToken(error: string, description: string): CallError {
  if (tooManyWords.test(`${error} ${description}`)) return renewalsLimited(null);
  return new CallError({
    code: 'REFRESH_REFUSED',
    disposition: 'pause-connection',
    message: `Zoho does not renew the access token: ${quoted(error, 100)}`,
    todo: todoFor(error),
  });
}

function todoFor(error: string): string {
  if (error.startsWith('invalid_client'))
    return 'Check the client’s id and secret, and `dataCentre`: a client is known only in the data centre where it was registered.';
  return 'The refresh token was revoked, was pushed out by a newer one (20 per user), or belongs to another data centre: check `dataCentre`, then consent again with `assay connect`, or set the new refresh token.';
}
