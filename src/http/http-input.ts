import type { RequestHandler } from 'express';
import type { WebhookConnection } from '../connector/webhooks.ts';
import type { ConnectionId } from '../domain/ids.ts';
import type { WorkQueue } from '../jobs/work-queue.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Secret } from '../lib/secret.ts';
import type { Store } from '../store/store.ts';

/** What the HTTP app works with. */
export type HttpInput = {
  /** Those whose CRM sends webhooks. */
  readonly connections: readonly WebhookConnection[];
  readonly store: Pick<Store, 'inbox'> & {
    readonly connections: Pick<Store['connections'], 'bindings'>;
  };
  readonly queue: Pick<WorkQueue, 'send' | 'depth'>;
  /** Token of the connection's channels; `null` where there are none. */
  readonly channelToken: (connection: ConnectionId) => Promise<Secret | null>;
  /** End of the connection's path, where its CRM signs nothing; `null`: none can be made. */
  readonly pathSecret: (connection: ConnectionId) => Secret | null;
  /** The same by the key before: until its channels are renewed a CRM calls that. Default: none. */
  readonly oldPathSecret?: (connection: ConnectionId) => Secret | null;
  /** As the world calls us, without a slash at the end; `null`: by the socket that was called. */
  readonly publicUrl: string | null;
  /** Proxies in front whose word on the caller's address counts. Default 0: none's. */
  readonly proxyHops?: number;
  readonly limits?: Partial<HttpLimits>;
  readonly clock: Clock;
  readonly log: Logger;
  /** Told of everything that metrics count. Default: nobody. */
  readonly observe?: (event: HttpEvent) => void;
  /** Mounted before what is not found, for example `/metrics`. Default none. */
  readonly more?: readonly RequestHandler[];
};

/** How much is taken. Rates refill steadily; `burst` is what may come at once. */
export type HttpLimits = {
  /** Bytes. Default 1 MiB, several times what a hundred events need. */
  readonly body: number;
  /** Hints of one delivery. Default 2,000. */
  readonly hints: number;
  /** Deliveries of one address. Default 200 a second, 400 at once. */
  readonly perAddress: Rate;
  /** Proven deliveries of one connection. Default 200 a second, 1,000 at once. */
  readonly perConnection: Rate;
};

export type Rate = { readonly perSecond: number; readonly burst: number };

export const defaultLimits: HttpLimits = {
  body: 1_048_576,
  hints: 2_000,
  perAddress: { perSecond: 200, burst: 400 },
  perConnection: { perSecond: 200, burst: 1_000 },
};

/** What happened, for metrics; without personal data. */
export type HttpEvent =
  | {
      readonly kind: 'request';
      readonly method: string;
      /** The route's pattern, never the path, which may hold a secret. */
      readonly route: string;
      readonly status: number;
      readonly ms: number;
    }
  | {
      readonly kind: 'webhook';
      /** That was addressed. */
      readonly connection: ConnectionId;
      readonly hints: number;
      /** Events that need no look. */
      readonly dropped: number;
      /** Hints on accounts of which we have no connection. */
      readonly foreign: number;
    }
  | {
      readonly kind: 'refused';
      /** `null` where no such connection is. */
      readonly connection: ConnectionId | null;
      readonly code: string;
    };
