import type { Secret } from '../../src/lib/secret.ts';

/** What the token endpoint wants to see. */
export type ClientSecrets = {
  readonly clientId: Secret;
  readonly clientSecret: Secret;
  readonly refreshToken: Secret;
};
