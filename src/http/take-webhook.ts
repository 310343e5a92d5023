import type { WebhookConnection, WebhookRequest, WebhookVerdict } from '../connector/webhooks.ts';
import type { Hint } from '../domain/hint.ts';
import type { ConnectionId } from '../domain/ids.ts';
import type { Secret } from '../lib/secret.ts';
import { accountRoutes } from './account-routes.ts';
import { channelTokens } from './channel-tokens.ts';
import type { HttpInput } from './http-input.ts';
import { inBatches } from './in-batches.ts';

type Accepted = Extract<WebhookVerdict, { status: 'accepted' }>;
type Refused = Extract<WebhookVerdict, { status: 'refused' }>;

/** A delivery that was proven, and whom it concerns. */
export type Sorted = {
  readonly status: 'accepted';
  readonly hints: ReadonlyMap<ConnectionId, readonly Hint[]>;
  readonly count: number;
  readonly dropped: number;
  /** Hints on accounts of which we have no connection. */
  readonly foreign: number;
};

/** Verifies deliveries, sorts them by connection, keeps their hints. */
export type WebhookTaker = {
  readonly sort: (to: WebhookConnection, request: WebhookRequest) => Promise<Sorted | Refused>;
  /** Kept and told once it resolves. */
  readonly keep: (hints: Sorted['hints']) => Promise<void>;
};

export function webhookTaker(input: HttpInput): WebhookTaker {
  const { store, queue, clock } = input;
  const tokens = channelTokens(input.channelToken, clock.now);
  const routes = accountRoutes(store.connections, clock.now);
  const byId = new Map(input.connections.map((each) => [each.connection, each]));
  const receive = (to: WebhookConnection, request: WebhookRequest, channelToken: Secret | null) =>
    to.receiver.receive(request, { ...to.input, now: clock.now(), channelToken });
  const verify = async (to: WebhookConnection, request: WebhookRequest) => {
    if (to.receiver.proof === 'signature') return receive(to, request, null);
    return await tokens.verify(to.connection, (token) => receive(to, request, token));
  };

  // Each connection accepts it by its own settings: they say whom it scores, and by which secret.
  const readBy = (to: WebhookConnection, own: Accepted, request: WebhookRequest) => {
    return (other: WebhookConnection): readonly Told[] => {
      const verdict = other === to ? own : receive(other, request, null);
      return verdict.status === 'accepted' ? [{ connection: other.connection, verdict }] : [];
    };
  };
  const sort: WebhookTaker['sort'] = async (to, request) => {
    const own = await verify(to, request);
    if (own.status === 'refused') return own;
    const accounts = new Set(own.hints.flatMap(({ account }) => account ?? []));
    const connectionsOf = await routes(to.crm, accounts);
    const read = readBy(to, own, request);
    const groups = [...accounts].map((account) => {
      const told = connectionsOf(account).flatMap((id) => byId.get(id) ?? []);
      return { account, told: told.flatMap(read) };
    });
    return {
      ...{ status: 'accepted', count: own.hints.length, dropped: own.dropped },
      hints: byConnection([
        { account: null, told: [{ connection: to.connection, verdict: own }] },
        ...groups,
      ]),
      foreign: groups
        .filter(({ told }) => told.length === 0)
        .reduce((sum, { account }) => sum + hintsOn(own, account).length, 0),
    };
  };

  const keepBatch = inBatches<Hint>(async (connection, hints) => {
    await store.inbox.add(connection, hints, new Date(clock.now()).toISOString());
    // Also when all were doubles: the first time, the queue may not have been told.
    await queue.send({ connection, reason: 'webhook' });
  });
  const keep: WebhookTaker['keep'] = async (hints) => {
    const some = [...hints].filter(([, each]) => each.length > 0);
    await Promise.all(some.map(([connection, each]) => keepBatch(connection, each)));
  };
  return { sort, keep };
}

/** What a connection reads in a delivery. */
type Told = { readonly connection: ConnectionId; readonly verdict: Accepted };
type Group = { readonly account: string | null; readonly told: readonly Told[] };

function byConnection(groups: readonly Group[]): Sorted['hints'] {
  const sorted = new Map<ConnectionId, readonly Hint[]>();
  for (const { account, told } of groups)
    for (const { connection, verdict } of told) {
      const before = sorted.get(connection) ?? [];
      sorted.set(connection, [...before, ...hintsOn(verdict, account)]);
    }
  return sorted;
}

function hintsOn({ hints }: Accepted, account: string | null): readonly Hint[] {
  return hints.flatMap((each) => (each.account === account ? [each.hint] : []));
}
