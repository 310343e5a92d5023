import type { Channel, ChannelKeeper } from '../connector/webhooks.ts';
import type { ConnectionId } from '../domain/ids.ts';
import type { Tell } from '../domain/work-event.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';

export type ChannelSource = {
  readonly connection: ConnectionId;
  /** `null` where the CRM's own settings hold the subscriptions. */
  readonly keeper: ChannelKeeper | null;
  /** Where events are to go; `null`: nobody outside can call us. */
  readonly url: string | null;
  readonly kept: {
    readonly load: () => Promise<readonly Channel[]>;
    readonly save: (channels: readonly Channel[]) => Promise<void>;
  };
  readonly clock: Clock;
  readonly log: Logger;
  readonly tell: Tell;
  readonly signal: AbortSignal;
};

/** Makes the subscriptions of a connection, or renews them before they lapse. */
export async function renewChannels(source: ChannelSource): Promise<void> {
  const { connection, keeper, url, kept, log, signal } = source;
  if (keeper === null) return;
  if (url === null) return log.info({ connection }, 'channels.no-address');
  const known = await kept.load();
  tellLapsed(source, known);
  const channels = await keeper.ensure({ url, known }, signal);
  await kept.save(channels);
  const expiresAt = channels.map((channel) => channel.expiresAt).toSorted()[0] ?? null;
  log.info({ connection, channels: channels.length, expiresAt }, 'channels.kept');
}

/** What happened while nobody told us, the next delta finds. */
export function tellLapsed(
  { connection, clock, log, tell }: Pick<ChannelSource, 'connection' | 'clock' | 'log' | 'tell'>,
  channels: readonly Pick<Channel, 'expiresAt'>[],
): void {
  const lapsed = channels.flatMap(({ expiresAt }) =>
    Date.parse(expiresAt) <= clock.now() ? [expiresAt] : [],
  );
  const [since] = lapsed.toSorted();
  if (since === undefined) return;
  log.warn({ connection, channels: lapsed.length, since }, 'channels.lapsed');
  tell({ kind: 'channel-lapsed', connection, channels: lapsed.length, since });
}
