import type { Hint } from '../domain/hint.ts';
import type { ConnectionId, RecordId } from '../domain/ids.ts';
import type { Subject } from '../domain/subject.ts';
import type { Instant } from '../domain/time.ts';
import type { Secret } from '../lib/secret.ts';

/** A webhook as it came in. */
export type WebhookRequest = {
  readonly method: string;
  /** The public address that the CRM called, as it wrote it: scheme, host, path and query. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** As sent, byte for byte. */
  readonly body: Uint8Array;
};

export type WebhookInput = {
  readonly settings: unknown;
  readonly subject: Subject;
  readonly secrets: ReadonlyMap<string, Secret>;
  /** Epoch ms. */
  readonly now: number;
  /** Secret of this connection's channel, where the CRM signs nothing; `null` where none was made. */
  readonly channelToken: Secret | null;
};

export type WebhookVerdict =
  | {
      readonly status: 'accepted';
      /** By account: one app's webhooks may speak of several. `null` is this connection's own. */
      readonly hints: readonly { readonly account: string | null; readonly hint: Hint }[];
      /** Events that need no look: our own writes, kinds that do not concern us. */
      readonly dropped: number;
    }
  | {
      readonly status: 'refused';
      readonly httpStatus: 400 | 401;
      /** Stable, in the runbook. */
      readonly code: string;
      readonly message: string;
    };

/** How a CRM's webhooks are read. Pure: no call, no clock, no store. */
export type WebhookReceiver = {
  /**
   * What proves who sends. `signature`: each delivery is signed. `channel`: only the token of a
   * channel that we made, so that the path has a secret too.
   */
  readonly proof: 'signature' | 'channel';
  /** Environment variables it needs by these settings, for example the app's client secret. */
  readonly secretNames: (settings: unknown) => readonly string[];
  readonly receive: (request: WebhookRequest, input: WebhookInput) => WebhookVerdict;
};

/** A connection as its webhooks are read. */
export type WebhookConnection = {
  readonly connection: ConnectionId;
  readonly crm: string;
  readonly receiver: WebhookReceiver;
  readonly input: Pick<WebhookInput, 'settings' | 'subject' | 'secrets'>;
};

/** A subscription that lapses unless it is renewed. */
export type Channel = {
  readonly id: string;
  readonly token: Secret;
  readonly expiresAt: Instant;
};

/** Of CRMs whose subscriptions an app makes itself and must renew. */
export type ChannelKeeper = {
  /** Makes or renews them so that events go to `url`; what is kept comes back. */
  readonly ensure: (
    input: { readonly url: string; readonly known: readonly Channel[] },
    signal: AbortSignal,
  ) => Promise<readonly Channel[]>;
  readonly remove: (known: readonly Channel[], signal: AbortSignal) => Promise<void>;
};

/** Records to look at. */
export type RecordIds = {
  readonly customers: readonly RecordId[];
  readonly deals: readonly RecordId[];
};
