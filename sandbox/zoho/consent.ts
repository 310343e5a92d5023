import type { Request, RequestHandler } from 'express';
import { type ConsentAsk, ConsentFault, consentPage, isReturnable } from '../kit/consent-page.ts';
import type { OAuthSettings } from './oauth-router.ts';
import { defaultScopes, grants } from './scopes.ts';
import type { OAuthClient, Tokens } from './tokens.ts';

interface ZohoAsk extends ConsentAsk {
  readonly asking: OAuthClient;
  /** Whether the code brings a refresh token. */
  readonly isOffline: boolean;
}

/** `GET /oauth/v2/auth` of the accounts server (facts §3). */
export function zohoConsent(tokens: Tokens, settings: OAuthSettings): RequestHandler {
  return consentPage<ZohoAsk>({
    read: (query) => readAsk(tokens, query),
    approved: ({ asking, scopes, redirectUri, isOffline }, req) => ({
      code: tokens.authorize(asking, scopes, { redirectUri, isOffline }),
      location: settings.location,
      'accounts-server': settings.accountsServer ?? ownBaseUrl(req),
    }),
    denied: { error: 'access_denied' },
  });
}

function readAsk(tokens: Tokens, query: URLSearchParams): ZohoAsk {
  const asking = tokens.clients.find(({ clientId }) => clientId === query.get('client_id'));
  if (asking === undefined) throw new ConsentFault('Invalid Client ID');
  if (query.get('response_type') !== 'code') throw new ConsentFault('Invalid response_type');
  const redirectUri = query.get('redirect_uri') ?? '';
  if (!(asking.redirectUris?.includes(redirectUri) ?? isReturnable(redirectUri)))
    throw new ConsentFault('Invalid Redirect Uri');
  const scopes = (query.get('scope') ?? '').split(',').filter((scope) => scope !== '');
  const allowed = asking.scopes ?? defaultScopes;
  const unknown = scopes.filter((scope) => !grants(allowed, scope));
  if (scopes.length === 0 || unknown.length > 0)
    throw new ConsentFault(`Scope does not exist: ${unknown.join(', ')}`);
  // Whoever agreed before is given a refresh token again only when asked again (facts §3).
  const isAgain = query.get('prompt') === 'consent' || !tokens.hasRefresh(asking);
  const isOffline = query.get('access_type') === 'offline' && isAgain;
  const state = query.get('state') ?? undefined;
  return { client: asking.clientId, asking, scopes, redirectUri, state, isOffline };
}

function ownBaseUrl(req: Request): string {
  return `http://${req.get('host')}`;
}
