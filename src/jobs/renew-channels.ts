import type { Channel, ChannelKeeper } from '../connector/webhooks.ts';
import type { ConnectionId } from '../domain/ids.ts';
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
  readonly log: Logger;
  readonly signal: AbortSignal;
};

/** Makes the subscriptions of a connection, or renews them before they lapse. */
export async function renewChannels(source: ChannelSource): Promise<void> {
  const { connection, keeper, url, kept, log, signal } = source;
  if (keeper === null) return;
  if (url === null) return log.info({ connection }, 'channels.no-address');
  const channels = await keeper.ensure({ url, known: await kept.load() }, signal);
  await kept.save(channels);
  const expiresAt = channels.map((channel) => channel.expiresAt).toSorted()[0] ?? null;
  log.info({ connection, channels: channels.length, expiresAt }, 'channels.kept');
}
