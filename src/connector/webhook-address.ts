import { createHmac } from 'node:crypto';
import type { ConnectionId } from '../domain/ids.ts';
import { Secret } from '../lib/secret.ts';
import type { WebhookReceiver } from './webhooks.ts';

type AddressInput = {
  readonly connection: ConnectionId;
  readonly proof: WebhookReceiver['proof'];
  /** `ASSAY_PUBLIC_URL`. */
  readonly publicUrl: string;
  /** `ASSAY_SECRET_KEY`. */
  readonly key: Secret | null;
};

/**
 * Where a CRM is to send a connection's webhooks, for example `https://assay.example.com/webhooks/main`;
 * a CRM that signs nothing gets a secret at its end. `null` where that needs a key and there is none.
 */
export function webhookAddress({ connection, proof, publicUrl, key }: AddressInput): string | null {
  const address = `${publicUrl.replace(/\/+$/, '')}/webhooks/${connection}`;
  if (proof === 'signature') return address;
  return key === null ? null : `${address}/${pathSecret(key, connection).reveal()}`;
}

/** The end of the path, made of the key, so that every process knows it and none stores it. */
export function pathSecret(key: Secret, connection: ConnectionId): Secret {
  const code = createHmac('sha256', key.reveal()).update(`assay/webhook-path/${connection}`);
  return new Secret(code.digest('base64url').slice(0, 32));
}
