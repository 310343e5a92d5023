import type { RequestHandler } from 'express';
import { type ConsentAsk, ConsentFault, consentPage, isReturnable } from '../kit/consent-page.ts';
import { defaultScopes } from './scope-rules.ts';
import type { OAuthApp, Tokens } from './tokens.ts';

interface HubSpotAsk extends ConsentAsk {
  readonly app: OAuthApp;
}

/** `GET /oauth/authorize`, which the real HubSpot serves at app.hubspot.com (README 6). */
export function hubspotConsent(tokens: Tokens): RequestHandler {
  return consentPage<HubSpotAsk>({
    read: (query) => readAsk(tokens, query),
    approved: ({ app, scopes, redirectUri }) => ({
      code: tokens.authorize(app, scopes, redirectUri),
    }),
    denied: { error: 'access_denied', error_description: 'The user did not agree' },
  });
}

function readAsk({ apps }: Tokens, query: URLSearchParams): HubSpotAsk {
  const app = apps.find(({ clientId }) => clientId === query.get('client_id'));
  if (app === undefined) throw new ConsentFault('There is no app with this client id.');
  const redirectUri = query.get('redirect_uri') ?? '';
  if (!(app.redirectUris?.includes(redirectUri) ?? isReturnable(redirectUri)))
    throw new ConsentFault('The redirect URI is not one of the app’s.');
  const allowed = app.scopes ?? defaultScopes;
  const asked = words(query.get('scope'));
  const missing = asked.filter((scope) => !allowed.includes(scope));
  if (asked.length === 0) throw new ConsentFault('The request names no scope.');
  if (missing.length > 0) throw new ConsentFault(`The app has no scope ${missing.join(', ')}.`);
  const optional = words(query.get('optional_scope')).filter((scope) => allowed.includes(scope));
  const state = query.get('state') ?? undefined;
  const scopes = [...new Set([...asked, ...optional])];
  return { client: `App ${app.appId}`, app, scopes, redirectUri, state };
}

function words(text: string | null): readonly string[] {
  return (text ?? '').split(' ').filter((word) => word !== '');
}
