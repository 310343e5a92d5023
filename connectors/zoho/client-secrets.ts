import type { Secret } from '../../src/lib/secret.ts';

/** By which the token endpoint knows the app. */
export type ClientSecrets = {
  readonly clientId: Secret;
  readonly clientSecret: Secret;
};
