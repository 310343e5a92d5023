import type { RequestHandler, Response } from 'express';
import type { Endpoint } from './endpoints.ts';
import { ZohoError } from './errors.ts';
import { grants } from './scopes.ts';
import type { Identity, Tokens } from './tokens.ts';

/** The user whose token the call carries; only past {@link authenticate}. */
export function userIdOf(res: Response): string {
  return res.locals['userId'] ?? '';
}

/** The access token of the call; nothing on the token endpoints. */
export function identityOf(res: Response): Identity | undefined {
  return res.locals['identity'];
}

/** What the path and method say about this call. */
export function endpointOf(res: Response): Endpoint | undefined {
  return res.locals['endpoint'];
}

/** 401 of a token that ended or was never given out: refresh once, replay (facts §8). */
export function invalidToken(): ZohoError {
  return new ZohoError(401, 'INVALID_TOKEN', 'invalid oauth token');
}

/** 401 without a header; also sent at times where INVALID_TOKEN is meant (facts §2.3). */
export function authenticationFailure(): ZohoError {
  return new ZohoError(401, 'AUTHENTICATION_FAILURE', 'Authentication failed');
}

/** 401 of a good token that reaches less far: only a new consent helps (facts §8). */
export function scopeMismatch(): ZohoError {
  return new ZohoError(401, 'OAUTH_SCOPE_MISMATCH', 'Unauthorized');
}

/** Lets a call through that carries a good token with the scopes of its endpoint (facts §3). */
export function authenticate(tokens: Tokens, currentUserId: string): RequestHandler {
  return (req, res, next) => {
    const endpoint = endpointOf(res);
    if (endpoint?.isOpen === true) {
      next();
      return;
    }
    const identity = identify(tokens, req.get('authorization'));
    for (const anyOf of endpoint?.scopesFor(req.body) ?? []) {
      if (!anyOf.some((scope) => grants(identity.scopes, scope))) throw scopeMismatch();
    }
    res.locals['identity'] = identity;
    res.locals['userId'] = identity.userId ?? currentUserId;
    next();
  };
}

// `Bearer` is no header to Zoho (facts §3).
function identify(tokens: Tokens, header: string | undefined): Identity {
  const token = /^Zoho-oauthtoken (.+)$/i.exec(header ?? '')?.[1];
  if (token === undefined) throw authenticationFailure();
  const identity = tokens.identify(token);
  if (identity === undefined) throw invalidToken();
  return identity;
}
