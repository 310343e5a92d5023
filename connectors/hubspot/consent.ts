import type { OpenInput } from '../../src/connector/connector.ts';
import type { ConsentFlow, ConsentGrant, ConsentRequest } from '../../src/connector/consent.ts';
import { consentRefused, originOf } from '../../src/connector/kept-origin.ts';
import { secretOf } from '../../src/connector/secret-of.ts';
import { AssayError } from '../../src/domain/assay-error.ts';
import type { Secret } from '../../src/lib/secret.ts';
import { isRefusal, readToken, type TokenAnswer } from './auth.ts';
import { consentScopes } from './consent-scopes.ts';
import { secretOfKept } from './kept-token.ts';
import { exchangeToken, openSession } from './open-session.ts';
import { type OAuthSettings, parseHubSpotSettings, publicBaseUrl } from './settings.ts';

/** The authorization code grant of HubSpot's public apps (facts §5). */
export const consent: ConsentFlow<OpenInput> = {
  secretNames: (settings) => {
    const { clientIdEnv, clientSecretEnv } = oauthOf(settings);
    return [clientIdEnv, clientSecretEnv];
  },
  tokenName: (settings) => oauthOf(settings).refreshTokenEnv ?? null,
  scopes: (_settings, subject) => consentScopes(subject),
  bareCodes: false,
  authorizeUrl,
  exchange,
};

function authorizeUrl({ settings, subject, secrets, redirectUri, state }: ConsentRequest): string {
  const { baseUrl, appUrl } = parseHubSpotSettings(settings);
  const ownPage = baseUrl === publicBaseUrl ? 'https://app.hubspot.com' : baseUrl;
  const scopes = (isOptional: boolean) =>
    consentScopes(subject)
      .filter((one) => (one.isOptional ?? false) === isOptional)
      .map(({ scope }) => scope)
      .join(' ');
  const query = new URLSearchParams({
    client_id: secretOf(secrets, oauthOf(settings).clientIdEnv).reveal(),
    ...{ redirect_uri: redirectUri, scope: scopes(false), optional_scope: scopes(true), state },
  });
  return `${appUrl ?? ownPage}/oauth/authorize?${query}`;
}

async function exchange(
  input: OpenInput,
  { code, redirectUri }: ConsentGrant,
  signal: AbortSignal,
): Promise<Secret> {
  const auth = oauthOf(input.settings);
  const clientId = secretOf(input.secrets, auth.clientIdEnv);
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: clientId.reveal(),
    client_secret: secretOf(input.secrets, auth.clientSecretEnv).reveal(),
    ...(redirectUri !== null && { redirect_uri: redirectUri }),
    code: code.reveal(),
  });
  const answer = await tokenFor(input, form, signal);
  if (answer.refresh_token === undefined)
    throw consentRefused('HubSpot gave no refresh token for the code', 'Connect again.');
  const given = input.secrets.get(auth.refreshTokenEnv ?? '') ?? null;
  return secretOfKept({
    ...originOf(clientId, given),
    ...readToken(answer, input.clock.now(), answer.refresh_token),
  });
}

async function tokenFor(
  input: OpenInput,
  form: URLSearchParams,
  signal: AbortSignal,
): Promise<TokenAnswer> {
  const session = openSession(input);
  try {
    return await exchangeToken(session, form, signal);
  } catch (cause) {
    if (!isRefusal(cause)) throw cause;
    throw consentRefused(
      `HubSpot does not take the code: ${cause.message}`,
      'A code is good for one use and for minutes; client id, secret and redirect URI must be the app’s own. Connect again.',
      cause,
    );
  } finally {
    session.rates.close();
  }
}

function oauthOf(settings: unknown): OAuthSettings {
  const { auth } = parseHubSpotSettings(settings);
  if (auth.kind === 'oauth') return auth;
  throw new AssayError(
    'SETTINGS_INVALID',
    'refuse-to-start',
    'Settings of the hubspot connection: a token needs no consent',
    'To connect by OAuth, set `auth: { kind: oauth, clientIdEnv: …, clientSecretEnv: … }` in place of the token.',
  );
}
