import { z } from 'zod';
import { ApiError } from './errors.ts';
import type { OAuthApp, Tokens } from './tokens.ts';

const client = { client_id: z.string().default(''), client_secret: z.string().default('') };

/** Form body of the token endpoint; which fields count depends on the grant (README 6). */
export const tokenRequest = z.object({
  ...client,
  grant_type: z.string().default(''),
  code: z.string().default(''),
  redirect_uri: z.string().default(''),
  refresh_token: z.string().default(''),
  scope: z.string().default(''),
});

/** Form body of introspect and revoke. */
export const tokenQuestion = z.object({ ...client, token: z.string().default('') });

/**
 * 400 of the token endpoints. BAD_REFRESH_TOKEN is the one a connector must know: the customer has
 * removed the app (README 6); the other words are as HubSpot's v1 endpoint has them.
 */
export function badRequest(status: string, error: string, message: string): ApiError {
  return new ApiError(400, { status, error, error_description: message, message });
}

/** The app that sent these credentials. */
export function authenticateApp(
  tokens: Tokens,
  { client_id, client_secret }: { readonly client_id: string; readonly client_secret: string },
): OAuthApp {
  const app = tokens.apps.find((each) => each.clientId === client_id);
  if (app === undefined) {
    throw badRequest('BAD_CLIENT_ID', 'invalid_client', 'missing or unknown client id');
  }
  if (app.clientSecret !== client_secret) {
    throw badRequest('BAD_CLIENT_SECRET', 'invalid_client', 'missing or invalid client secret');
  }
  return app;
}
