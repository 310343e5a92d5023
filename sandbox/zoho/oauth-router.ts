import express, { type Request, type Response } from 'express';
import { readTokenRequest, type TokenRequest } from './oauth-request.ts';
import type { Grant, OAuthClient, Tokens } from './tokens.ts';

/** What no source says about the token endpoint (facts §14). */
export interface OAuthSettings {
  /** Of refusals. Default 200: SDKs look for the absence of `access_token`, not at the status. */
  readonly errorStatus: number;
  /** `error` of the 11th refresh in ten minutes; its text is not documented. Default `access_denied`. */
  readonly tooManyError: string;
  /** `api_domain` of the answers. Default: the sandbox's own base URL, or clients leave it (facts §2.1). */
  readonly apiDomain: string | null;
  /** What the consent page's redirect says of the person's data centre. Default `us`. */
  readonly location: string;
  /** And where its accounts server is. Default: the sandbox's own base URL. */
  readonly accountsServer: string | null;
}

export const oauthDefaults: OAuthSettings = {
  errorStatus: 200,
  tooManyError: 'access_denied',
  apiDomain: null,
  location: 'us',
  accountsServer: null,
};

interface Issued {
  readonly grant: Grant;
  readonly refreshToken: string;
  readonly isNew: boolean;
}

/** A refusal, by the word in the answer's `error`. */
class OAuthRefusal extends Error {}

/** `POST /oauth/v2/token` and `/oauth/v2/token/revoke` (facts §3). */
export function oauthRouter(tokens: Tokens, settings: OAuthSettings): express.Router {
  const router = express.Router();

  router.post('/token', async (req, res) => {
    const request = await readTokenRequest(req);
    answer(res, () => {
      const client = authenticateClient(tokens, request);
      const { grant, refreshToken, isNew } = exchange(tokens, client, request);
      const access = tokens.issueAccess(refreshToken, grant);
      if (access === undefined) throw new OAuthRefusal(settings.tooManyError);
      return {
        access_token: access,
        ...(isNew ? { refresh_token: refreshToken } : {}),
        scope: grant.scopes.join(' '),
        api_domain: settings.apiDomain ?? ownBaseUrl(req),
        token_type: 'Bearer',
        expires_in: tokens.rules.accessTokenSeconds,
      };
    });
  });

  router.post('/token/revoke', async (req, res) => {
    const { token } = await readTokenRequest(req);
    answer(res, () => {
      if (!tokens.revoke(token)) throw new OAuthRefusal('invalid_code');
      return { status: 'success' };
    });
  });

  function answer(res: Response, make: () => Readonly<Record<string, unknown>>): void {
    try {
      res.json(make());
    } catch (error) {
      if (!(error instanceof OAuthRefusal)) throw error;
      res.status(settings.errorStatus).json({ error: error.message });
    }
  }

  return router;
}

function exchange(tokens: Tokens, client: OAuthClient, request: TokenRequest): Issued {
  switch (request.grant_type) {
    case 'authorization_code': {
      const taken = tokens.takeCode(request.code, request.redirect_uri);
      if (taken?.grant.client !== client) throw new OAuthRefusal('invalid_code');
      const { grant, isOffline } = taken;
      return { grant, refreshToken: tokens.issueRefresh(grant), isNew: isOffline };
    }
    case 'refresh_token': {
      const grant = tokens.refreshGrant(request.refresh_token);
      if (grant?.client !== client) throw new OAuthRefusal('invalid_code');
      return { grant, refreshToken: request.refresh_token, isNew: false };
    }
    default:
      throw new OAuthRefusal('unsupported_grant_type');
  }
}

function authenticateClient(tokens: Tokens, request: TokenRequest): OAuthClient {
  const client = tokens.clients.find(({ clientId }) => clientId === request.client_id);
  if (client === undefined) throw new OAuthRefusal('invalid_client');
  if (client.clientSecret !== request.client_secret) {
    throw new OAuthRefusal('invalid_client_secret');
  }
  return client;
}

function ownBaseUrl(req: Request): string {
  return `http://${req.get('host')}`;
}
