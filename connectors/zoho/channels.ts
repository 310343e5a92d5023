import { randomBytes, randomInt } from 'node:crypto';
import type { Channel, ChannelKeeper } from '../../src/connector/webhooks.ts';
import { AssayError } from '../../src/domain/assay-error.ts';
import type { PullObject } from '../../src/domain/pull-task.ts';
import type { Instant } from '../../src/domain/time.ts';
import { Secret } from '../../src/lib/secret.ts';
import { idOrder } from './id-order.ts';
import { wholeSecond } from './instant.ts';
import type { Session } from './session.ts';
import {
  disableChannels,
  enableChannels,
  type LiveChannel,
  readChannel,
  type Watch,
} from './watch-calls.ts';
import { watchCondition } from './watch-conditions.ts';
import type { WireResult } from './wire.ts';

const dayMs = 86_400_000;
/** A week is the longest (facts §7); half an hour of it is left to clocks that differ. */
const lifeMs = 7 * dayMs - 1_800_000;
/** Renewed with so much left, so that a day of trouble costs nothing. */
const renewMs = 3 * dayMs;

/** One channel each, in this order of their ids, because conditions are counted by channel. */
const watched: readonly PullObject[] = ['deals', 'customers'];

/** A channel whose end is still to be said. */
type Unsettled = Omit<Channel, 'expiresAt'>;

/**
 * Keeps a channel for deals and one for customers. They share a token, made anew whenever the channels
 * are; a renewal keeps it, so that nothing on its way is refused.
 */
export function channelKeeper(session: Session): ChannelKeeper {
  return {
    ensure: async ({ url, known }, signal) => {
      const channels = inOrder(known);
      const live = await readAll(session, channels, signal);
      const isWhole = channels.length === watched.length && !live.includes(null);
      if (isWhole && live.every((each) => isGood(session, each, url))) return channels;
      if (isWhole) return await enable(session, channels, url, signal);
      if (channels.length > 0) session.log.warn({ channels: channels.length }, 'channel.lapsed');
      await remove(session, channels, signal);
      return await enable(session, newChannels(), url, signal);
    },
    remove: async (known, signal) => await remove(session, known, signal),
  };
}

/** A lapsed one is gone for Zoho too, so that all are asked about; none were, none are asked. */
async function readAll(
  session: Session,
  channels: readonly Channel[],
  signal: AbortSignal,
): Promise<readonly (LiveChannel | null)[]> {
  return await Promise.all(channels.map(({ id }) => readChannel(session, id, signal)));
}

function isGood({ serverClock }: Session, live: LiveChannel | null, url: string): boolean {
  if (live === null || live.expiresAt === null || live.url !== url) return false;
  return Date.parse(live.expiresAt) - serverClock.now() > renewMs;
}

async function enable(
  session: Session,
  channels: readonly Unsettled[],
  url: string,
  signal: AbortSignal,
): Promise<readonly Channel[]> {
  const expiresAt = wholeSecond(session.serverClock.now() + lifeMs);
  const renewed = channels.map((channel) => ({ ...channel, expiresAt }));
  const watches: Watch[] = [];
  for (const [at, channel] of renewed.entries())
    watches.push(await watchOf(session, channel, watched[at] ?? 'deals', url, signal));
  const answers = await enableChannels(session, watches, signal);
  const refused = answers.find(({ code }) => code !== 'SUCCESS');
  if (refused === undefined && answers.length === channels.length) return renewed;
  await remove(session, channels, signal);
  throw channelRefused(refused, expiresAt);
}

async function watchOf(
  session: Session,
  channel: Channel,
  object: PullObject,
  url: string,
  signal: AbortSignal,
): Promise<Watch> {
  const module = object === 'deals' ? 'Deals' : session.module;
  const condition = await watchCondition(session, object, signal);
  return { channel, url, condition, events: [`${module}.all`] };
}

async function remove(
  session: Session,
  channels: readonly Unsettled[],
  signal: AbortSignal,
): Promise<void> {
  if (channels.length === 0) return;
  const ids = channels.map(({ id }) => id);
  const [refused] = await disableChannels(session, ids, signal);
  if (refused !== undefined) throw channelRefused(refused, null);
}

function inOrder(channels: readonly Channel[]): readonly Channel[] {
  return channels.toSorted(idOrder);
}

/** Ids are ours to choose, and must not be those of another connection to the same org. */
function newChannels(): readonly Unsettled[] {
  const first = randomInt(10 ** 11, 10 ** 14) * 10;
  const token = new Secret(randomBytes(33).toString('base64url'));
  return watched.map((_, at) => ({ id: String(first + at), token }));
}

function channelRefused(answer: WireResult | undefined, expiresAt: Instant | null): AssayError {
  const { code = 'no answer', message = '', details = {} } = answer ?? {};
  const field = details['api_name'];
  const told = [code, typeof field === 'string' ? field : '', message].filter(Boolean).join(', ');
  const what = expiresAt === null ? 'to end a notification channel' : 'a notification channel';
  return new AssayError(
    'CHANNEL_REFUSED',
    'reject',
    `Zoho refused ${what}: ${told}`,
    'Zoho calls back only a public https address: look at ASSAY_PUBLIC_URL. Changes are found by the scheduled runs meanwhile.',
  );
}
