import type { RunContext } from '../run/context.ts';
import type { Chore } from './due-work.ts';
import { remindOfReview } from './remind-of-review.ts';
import { type ChannelSource, renewChannels } from './renew-channels.ts';
import { forgetOld } from './retention.ts';

export type ChoreSettings = Pick<ChannelSource, 'url' | 'kept'> & { readonly keepDays: number };

/** What else is due of a connection that this process holds; either daily chore tells of a review. */
export async function doChore(
  kind: Chore,
  held: RunContext,
  { keepDays, url, kept }: ChoreSettings,
): Promise<void> {
  await remindOfReview(held);
  const { connection, connector, store, clock, log, tell, signal } = held;
  if (kind === 'retention') await forgetOld({ connection, keepDays, store, clock, log, signal });
  else
    await renewChannels({
      ...{ connection, keeper: connector.channels, url, kept, clock, log, tell, signal },
    });
}
