/**
 * Names under which a secret might get into a log one day. Nobody logs one; this is the second net.
 * Secrets of ours print as `[secret]` by themselves.
 */
const secretNames = [
  ...['token', 'accessToken', 'access_token', 'refreshToken', 'refresh_token', 'apiKey', 'secret'],
  ...['clientSecret', 'client_secret', 'password', 'authorization', 'Authorization', 'cookie'],
  ...['channelToken', 'databaseUrl', 'connectionString', 'signature', 'credential'],
];

/** For pino: a value under such a name, up to three levels deep, is never shown. */
export const redact = {
  paths: secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `*.*.*.${name}`]),
  censor: '[secret]',
};
