import type { OpenInput } from '../../src/connector/connector.ts';
import type { ConsentFlow, ConsentGrant, ConsentRequest } from '../../src/connector/consent.ts';
import { consentRefused, originOf } from '../../src/connector/kept-origin.ts';
import { secretOf } from '../../src/connector/secret-of.ts';
import type { Secret } from '../../src/lib/secret.ts';
import { Addresses } from './addresses.ts';
import { consentScopes } from './consent-scopes.ts';
import { dataCentreOfAccounts } from './data-centres.ts';
import { secretOfKept } from './kept-token.ts';
import { clientOf, openSession } from './open-session.ts';
import { parseZohoSettings, type ZohoSettings } from './settings.ts';
import { readGood, type TokenAnswer, tokenCall } from './token-call.ts';

/**
 * The authorization code grant of a server-based client, or of a self client, whose code comes from
 * api-console.zoho.com without a redirect (facts §3).
 */
export const consent: ConsentFlow<OpenInput> = {
  secretNames: (settings) => {
    const { clientIdEnv, clientSecretEnv } = parseZohoSettings(settings).auth;
    return [clientIdEnv, clientSecretEnv];
  },
  tokenName: (settings) => parseZohoSettings(settings).auth.refreshTokenEnv ?? null,
  scopes: (settings, subject) => consentScopes(parseZohoSettings(settings), subject),
  bareCodes: true,
  authorizeUrl,
  exchange,
};

function authorizeUrl(request: ConsentRequest): string {
  const { subject, secrets, redirectUri, state } = request;
  const settings = parseZohoSettings(request.settings);
  const query = new URLSearchParams({
    client_id: secretOf(secrets, settings.auth.clientIdEnv).reveal(),
    scope: consentScopes(settings, subject)
      .map(({ scope }) => scope)
      .join(','),
    ...{ response_type: 'code', redirect_uri: redirectUri, state },
    // Without both there is no refresh token, or none for whoever agreed before.
    ...{ access_type: 'offline', prompt: 'consent' },
  });
  return `${new Addresses(settings).of('accounts')}/oauth/v2/auth?${query}`;
}

async function exchange(
  input: OpenInput,
  { code, redirectUri, parameters }: ConsentGrant,
  signal: AbortSignal,
): Promise<Secret> {
  const settings = parseZohoSettings(input.settings);
  const client = clientOf(input.secrets, settings.auth);
  const accounts = accountsOf(settings, parameters);
  const call = tokenCall(client, {
    grant_type: 'authorization_code',
    ...(redirectUri !== null && { redirect_uri: redirectUri }),
    code: code.reveal(),
  });
  const session = openSession(input);
  try {
    const answer = await session.client.send({ ...call, origin: accounts }, signal);
    const now = input.clock.now();
    const { refreshToken, made } = readExchange(answer, now);
    const given = input.secrets.get(settings.auth.refreshTokenEnv ?? '') ?? null;
    const { client: hash = '', origin } = originOf(client.clientId, given);
    return secretOfKept({
      ...{ refreshToken, accounts, isConnected: true, ...made, client: hash, origin },
    });
  } finally {
    session.client.close();
  }
}

/**
 * Where the person's org is, which the redirect says: the code is good there only. The client's secret
 * goes to an address of Zoho's or of the settings, and to no other that a redirect may name.
 */
function accountsOf(settings: ZohoSettings, parameters: ConsentGrant['parameters']): string {
  const own = new Addresses(settings).of('accounts');
  const named = parameters.get('accounts-server')?.replace(/\/+$/, '');
  if (settings.accountsUrl !== undefined || named === undefined || named === own) return own;
  if (dataCentreOfAccounts(named) !== null) return named;
  throw consentRefused(
    `The redirect names an accounts server that is not Zoho's: ${named.slice(0, 100)}`,
    'Begin again with `assay connect`, and agree on a page of Zoho’s only.',
  );
}

function readExchange(answer: TokenAnswer, now: number) {
  if ('error' in answer)
    throw consentRefused(
      `Zoho does not take the code: ${answer.error}`,
      'A code is good for one use and for a minute or two, in its own data centre; client id, secret and redirect URI must be the client’s own. Connect again.',
    );
  if (answer.refresh_token == null)
    throw consentRefused(
      'Zoho gave no refresh token for the code',
      'It gives one only for access_type=offline and prompt=consent: connect again.',
    );
  const made = readGood(answer, { now, renewals: [] });
  return { refreshToken: answer.refresh_token, made };
}
