import { pathSecret } from '../connector/webhook-address.ts';
import type { Intake } from '../intake.ts';
import type { HttpInput } from './http-input.ts';

/** What an entry adds to the app itself. */
type Edge = Pick<HttpInput, 'queue' | 'clock' | 'log' | 'limits' | 'observe' | 'more'>;

/**
 * The HTTP app's input from the app.
 * @throws AssayError `CRM_UNKNOWN`, `SETTINGS_INVALID`, `SECRET_MISSING` (refuse to start).
 */
export function httpInputOf(app: Intake, edge: Edge): HttpInput {
  const { config, store } = app;
  const { secretKey, secretKeyOld = null, publicUrl = null, proxyHops = 0 } = config;
  return {
    ...edge,
    ...{ store, publicUrl, proxyHops, connections: app.webhooks() },
    // The channels of a connection share one token.
    channelToken: async (connection) => {
      const [channel] = await app.channels(connection).load();
      return channel?.token ?? null;
    },
    pathSecret: (connection) => (secretKey === null ? null : pathSecret(secretKey, connection)),
    oldPathSecret: (connection) =>
      secretKeyOld === null ? null : pathSecret(secretKeyOld, connection),
  };
}
