import express from 'express';
import type { z } from 'zod';
import { parseInput } from './body.ts';
import { notFound } from './errors.ts';
import { authenticateApp, badRequest, tokenQuestion, tokenRequest } from './oauth-request.ts';
import type { Portal } from './portal.ts';
import { defaultScopes } from './scope-rules.ts';
import { accessTokenSeconds, type Grant, type OAuthApp, type Tokens } from './tokens.ts';

/** Whoever installed the app; one user is enough for a portal that nobody logs in to. */
const userId = 100_001;

export interface OAuthSettings {
  readonly tokens: Tokens;
  /** Whether a refresh gives out a new refresh token and ends the old one (unknown: README C19). */
  readonly rotateRefreshTokens: boolean;
}

/** The token endpoints, v1, v3 and dated: they differ in nothing that clients read (README 6). */
export function oauthRouter(portal: Portal, settings: OAuthSettings): express.Router {
  const { tokens } = settings;
  const router = express.Router();
  const hubId = portal.options.portalId;
  const hubDomain = `sandbox-${hubId}.local`;

  router.post('/token', (req, res) => {
    const request = parseInput(tokenRequest, req.body);
    const app = authenticateApp(tokens, request);
    const issued = exchange(settings, app, request);
    res.json({
      token_type: 'bearer',
      access_token: tokens.issueAccess(issued.grant),
      ...(issued.refreshToken === undefined ? {} : { refresh_token: issued.refreshToken }),
      expires_in: accessTokenSeconds,
      hub_id: hubId,
      scopes: issued.grant.scopes,
      user_id: userId,
    });
  });

  router.post('/token/introspect', (req, res) => {
    const { token, ...credentials } = parseInput(tokenQuestion, req.body);
    authenticateApp(tokens, credentials);
    res.json(introspect(token));
  });

  router.post('/token/revoke', (req, res) => {
    const { token, ...credentials } = parseInput(tokenQuestion, req.body);
    authenticateApp(tokens, credentials);
    tokens.revoke(token);
    res.json({});
  });

  router.get('/access-tokens/:token', (req, res) => {
    const { token } = req.params;
    const grant = tokens.accessGrant(token);
    const secondsLeft = remaining(token);
    if (grant === undefined || secondsLeft <= 0) throw notFound('access token is not known');
    const { app } = grant;
    res.json({ ...described(token, grant), app_id: Number(app.appId), expires_in: secondsLeft });
  });

  router.get('/refresh-tokens/:token', (req, res) => {
    const { token } = req.params;
    const grant = tokens.refreshGrant(token);
    if (grant === undefined) throw notFound('refresh token is not known');
    const { clientId } = grant.app;
    res.json({ ...described(token, grant), token_type: 'refresh', client_id: clientId });
  });

  router.delete('/refresh-tokens/:token', (req, res) => {
    tokens.revoke(req.params.token);
    res.sendStatus(204);
  });

  function described(token: string, { scopes }: Grant) {
    return {
      token,
      user: 'installer@example.com',
      hub_domain: hubDomain,
      hub_id: hubId,
      user_id: userId,
      scopes,
      token_type: 'access',
    };
  }

  function introspect(token: string) {
    const access = tokens.accessGrant(token);
    const secondsLeft = remaining(token);
    if (access !== undefined && secondsLeft > 0) {
      const { clientId, appId } = access.app;
      const app = { client_id: clientId, app_id: Number(appId) };
      const base = { ...described(token, access), token_type: 'bearer', expires_in: secondsLeft };
      return { active: true, token_use: 'access_token', ...base, ...app };
    }
    const refresh = tokens.refreshGrant(token);
    if (refresh === undefined) return { active: false };
    const base = { ...described(token, refresh), token_type: 'bearer' };
    return { active: true, token_use: 'refresh_token', ...base, client_id: refresh.app.clientId };
  }

  function remaining(token: string): number {
    const grant = tokens.accessGrant(token);
    return grant === undefined ? 0 : Math.ceil((grant.expiresAt - portal.clock()) / 1000);
  }

  return router;
}

interface Issued {
  readonly grant: Grant;
  readonly refreshToken?: string;
}

function exchange(
  { tokens, rotateRefreshTokens }: OAuthSettings,
  app: OAuthApp,
  request: z.output<typeof tokenRequest>,
): Issued {
  switch (request.grant_type) {
    case 'authorization_code': {
      const grant = tokens.takeCode(request.code, request.redirect_uri);
      if (grant?.app !== app) {
        throw badRequest('BAD_AUTH_CODE', 'invalid_grant', 'missing or unknown auth code');
      }
      return { grant, refreshToken: tokens.issueRefresh(grant) };
    }
    case 'refresh_token': {
      const token = request.refresh_token;
      const grant = tokens.refreshGrant(token);
      if (grant?.app !== app) {
        throw badRequest('BAD_REFRESH_TOKEN', 'invalid_grant', 'missing or invalid refresh token');
      }
      if (!rotateRefreshTokens) return { grant, refreshToken: token };
      tokens.revoke(token);
      return { grant, refreshToken: tokens.issueRefresh(grant) };
    }
    case 'client_credentials': {
      const asked = request.scope.split(' ').filter((scope) => scope !== '');
      return { grant: { app, scopes: asked.length > 0 ? asked : (app.scopes ?? defaultScopes) } };
    }
    default:
      throw badRequest('BAD_GRANT_TYPE', 'unsupported_grant_type', 'missing or unknown grant type');
  }
}
