import type { WebhookVerdict } from '../connector/webhooks.ts';
import type { ConnectionId } from '../domain/ids.ts';
import type { Secret } from '../lib/secret.ts';

/** How long a token that was read counts. */
const maxAgeMs = 60_000;

type Known = { readonly token: Secret | null; readonly at: number };

/** Tokens of channels, read from the store now and then: the process that makes them is another. */
export function channelTokens(
  load: (connection: ConnectionId) => Promise<Secret | null>,
  now: () => number,
) {
  const known = new Map<ConnectionId, Known>();
  const read = async (connection: ConnectionId): Promise<Known> => {
    const found = { token: await load(connection), at: now() };
    known.set(connection, found);
    return found;
  };
  const ageOf = ({ at }: Known) => Math.abs(now() - at);
  return {
    /**
     * Once more with what the store has now, should the token be a new one: Zoho sends nothing twice.
     * Only who knows the path's secret comes as far as this, so that a guess costs us one read.
     */
    verify: async (
      connection: ConnectionId,
      receive: (token: Secret | null) => WebhookVerdict,
    ): Promise<WebhookVerdict> => {
      const kept = known.get(connection);
      if (kept === undefined || ageOf(kept) > maxAgeMs)
        return receive((await read(connection)).token);
      const verdict = receive(kept.token);
      const isUnproven = verdict.status === 'refused' && verdict.httpStatus === 401;
      return isUnproven ? receive((await read(connection)).token) : verdict;
    },
  };
}
