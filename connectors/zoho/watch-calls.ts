import { z } from 'zod';
import type { Channel } from '../../src/connector/webhooks.ts';
import type { Instant } from '../../src/domain/time.ts';
import { ZohoRefusal } from './errors.ts';
import { readInstant, wireTime } from './instant.ts';
import type { Session } from './session.ts';
import { idText, type WireResult, wireResult } from './wire.ts';

const path = '/crm/v8/actions/watch';

/** A channel as it stands at Zoho. */
export type LiveChannel = { readonly url: string | null; readonly expiresAt: Instant | null };

/** What a channel is to tell. */
export type Watch = {
  readonly channel: Channel;
  readonly events: readonly string[];
  readonly url: string;
  readonly condition: object | null;
};

const listed = z.object({
  watch: z.array(
    z.looseObject({
      channel_id: idText,
      notify_url: z.string().nullish(),
      channel_expiry: z.string().nullish(),
    }),
  ),
});
const results = z.object({ watch: z.array(wireResult) });

/** How it stands; `null` when Zoho has none by this id. 1 credit. */
export async function readChannel(
  { client }: Session,
  id: string,
  signal: AbortSignal,
): Promise<LiveChannel | null> {
  try {
    const answer = await client.send(
      {
        ...{ method: 'GET', path, query: { channel_id: id }, answer: listed.optional() },
        ...{ effect: 'read', credits: 1, pool: 'plain' },
      },
      signal,
    );
    const found = answer?.watch.find(({ channel_id }) => channel_id === id);
    if (found === undefined) return null;
    return { url: found.notify_url ?? null, expiresAt: readInstant(found.channel_expiry) };
  } catch (error) {
    if (error instanceof ZohoRefusal && error.zohoCode === notSubscribed) return null;
    throw error;
  }
}

/** Makes them, or renews those that are there, which the same call does (facts §7). 1 credit. */
export async function enableChannels(
  { client }: Session,
  watches: readonly Watch[],
  signal: AbortSignal,
): Promise<readonly WireResult[]> {
  const { watch } = await client.send(
    {
      ...{ method: 'POST', path, body: { watch: watches.map(wireOf) }, answer: results },
      ...{ effect: 'write', credits: 1, pool: 'plain', perRecord: true },
    },
    signal,
  );
  return watch;
}

// Values are not asked for: they would be other people's data, and we do not read them.
function wireOf({ channel, events, url, condition }: Watch) {
  return {
    channel_id: channel.id,
    events,
    channel_expiry: wireTime(channel.expiresAt),
    token: channel.token.reveal(),
    notify_url: url,
    return_affected_field_values: false,
    notify_on_related_action: false,
    ...(condition === null ? {} : { notification_condition: [condition] }),
  };
}

/** Ends them; those that are not there any more are as good. 1 credit. */
export async function disableChannels(
  { client }: Session,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<readonly WireResult[]> {
  const { watch } = await client.send(
    {
      ...{ method: 'DELETE', path, query: { channel_ids: ids.join(',') }, answer: results },
      ...{ effect: 'write', credits: 1, pool: 'plain', perRecord: true },
    },
    signal,
  );
  return watch.filter(({ code }) => code !== 'SUCCESS' && code !== notSubscribed);
}

const notSubscribed = 'NOT_SUBSCRIBED';
