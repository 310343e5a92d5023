import type { RequestHandler, Response } from 'express';
import type { Endpoint } from './endpoints.ts';
import { missingScopes, unauthorized } from './errors.ts';
import type { Identity, Tokens } from './tokens.ts';

/** Who is calling; only past {@link authenticate}. */
export function identityOf(res: Response): Identity | undefined {
  return res.locals['identity'];
}

/** What the path and method say about this call. */
export function endpointOf(res: Response): Endpoint | undefined {
  return res.locals['endpoint'];
}

/**
 * Lets a call through that carries a good token with the scopes of its endpoint, and notes
 * `res.locals.appId` and `res.locals.token`. Token endpoints need none (README 6).
 */
export function authenticate(tokens: Tokens, clock: () => number): RequestHandler {
  return (req, res, next) => {
    const endpoint = endpointOf(res);
    if (endpoint?.open === true) {
      next();
      return;
    }
    const identity = identify(tokens, clock(), req.get('authorization'));
    checkScopes(identity, endpoint);
    res.locals['identity'] = identity;
    res.locals['appId'] = identity.appId;
    res.locals['token'] = identity.token;
    next();
  };
}

function identify(tokens: Tokens, now: number, header: string | undefined): Identity {
  const token = /^Bearer (.+)$/i.exec(header ?? '')?.[1];
  const identity = token === undefined ? undefined : tokens.identify(token);
  if (identity === undefined) {
    throw unauthorized(
      'INVALID_AUTHENTICATION',
      'Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview',
    );
  }
  const { expiresAt } = identity;
  if (expiresAt !== undefined && expiresAt <= now) {
    const seconds = Math.floor((now - expiresAt) / 1000);
    throw unauthorized(
      'EXPIRED_AUTHENTICATION',
      `The OAuth token used to make this call expired ${seconds} second(s) ago.`,
    );
  }
  return identity;
}

function checkScopes(identity: Identity, endpoint: Endpoint | undefined): void {
  for (const anyOf of endpoint?.scopes ?? []) {
    const granted = anyOf.length === 0 || anyOf.some((scope) => identity.scopes.includes(scope));
    if (!granted) throw missingScopes(anyOf);
  }
}
