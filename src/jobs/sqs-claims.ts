import type { Clock } from '../lib/clock.ts';
import type { Claim } from './claim.ts';
import { bury } from './sqs-letters.ts';
import {
  ASIDE,
  hide,
  isNoLongerOurs,
  type Received,
  readBody,
  remove,
  SHORT_MS,
  type SqsQueues,
  sendWaiting,
} from './sqs-messages.ts';
import { mergeWaiting, type Waiting } from './waiting.ts';

/** Messages of one connection, read. */
type Group = {
  readonly received: readonly Received[];
  readonly waiting: Waiting | null;
};

/** A claim on several messages of one connection. */
export type SqsClaim = Claim & { readonly messageIds: readonly string[] };

export type SqsClaimContext = SqsQueues & {
  readonly clock: Clock;
  /** Another worker is given what was not heard of for so long. */
  readonly visibilitySeconds: number;
};

/** SQS hides a message for at most 12 hours. */
const LONGEST_HIDE_MS = 11 * 3_600_000;
/** Being held, delayed or given back because all hands were full is no loss. */
const FREE_RECEIVES = 30;

/** What may be worked on now; the rest is put off until its time. */
export async function claimsOf(
  ctx: SqsClaimContext,
  received: readonly Received[],
): Promise<readonly SqsClaim[]> {
  const claims: SqsClaim[] = [];
  for (const group of groupsOf(received)) {
    const restMs = group.waiting === null ? 0 : group.waiting.startAt - ctx.clock.now();
    if (restMs > SHORT_MS) await putOff(ctx, group.received, restMs);
    else if (group.waiting !== null && isAside(group.received))
      await bringBack(ctx, group.received, group.waiting);
    else claims.push(claimOf(ctx, group, restMs));
  }
  return claims;
}

function groupsOf(received: readonly Received[]): readonly Group[] {
  const read = received.map((message) => ({ message, waiting: readBody(message.body) }));
  const unreadable = read
    .filter(({ waiting }) => waiting === null)
    .map(({ message }) => ({ received: [message], waiting: null }));
  const groups = new Map<string, Group>();
  for (const { message, waiting } of read) {
    if (waiting === null) continue;
    const there = groups.get(message.group) ?? { received: [], waiting: null };
    groups.set(message.group, {
      received: [...there.received, message],
      waiting: there.waiting === null ? waiting : mergeWaiting(there.waiting, waiting),
    });
  }
  return [...unreadable, ...groups.values()];
}

/**
 * While one message of a group is hidden, SQS gives out no other of it: what a connection that failed
 * wants, and why a delayed message waits in a group of its own.
 */
async function putOff(
  ctx: SqsClaimContext,
  received: readonly Received[],
  restMs: number,
): Promise<void> {
  await hide(ctx, received, Math.ceil(Math.min(restMs, LONGEST_HIDE_MS) / 1_000));
}

function isAside(received: readonly Received[]): boolean {
  return received.every(({ group }) => group.endsWith(ASIDE));
}

/** A delayed message whose time has come goes to its connection's group. */
async function bringBack(
  ctx: SqsClaimContext,
  received: readonly Received[],
  waiting: Waiting,
): Promise<void> {
  const due = { ...waiting, startAt: ctx.clock.now() };
  await sendWaiting(ctx, due, `due:${idOf(received)}`);
  await remove(ctx, received);
}

function claimOf(ctx: SqsClaimContext, { received, waiting }: Group, restMs: number): SqsClaim {
  const { clock, visibilitySeconds } = ctx;
  return {
    messageIds: received.map(({ messageId }) => messageId),
    waiting,
    startsInMs: Math.max(0, restMs),
    losses: Math.max(0, ...received.map(({ receives }) => receives - 1 - FREE_RECEIVES)),
    keepEveryMs: (visibilitySeconds * 1_000) / 3,
    keep: async () => isKept(ctx, received),
    done: () => remove(ctx, received),
    release: () => hide(ctx, received, 0),
    again: async (delayMs, attempts) => {
      if (waiting === null) return;
      const startAt = clock.now() + delayMs;
      const next = { ...waiting, attempts, held: true, startAt };
      await sendWaiting(ctx, next, `again:${idOf(received)}`);
      await remove(ctx, received);
    },
    bury: async (cause) => {
      await bury(ctx, received, cause, clock.now());
      await remove(ctx, received);
    },
  };
}

/** The same messages given out again have the same id: what is sent for them is sent once. */
function idOf(received: readonly Received[]): string {
  return received.map(({ messageId }) => messageId).join();
}

async function isKept(ctx: SqsClaimContext, received: readonly Received[]): Promise<boolean> {
  try {
    await hide(ctx, received, ctx.visibilitySeconds);
    return true;
  } catch (error) {
    if (isNoLongerOurs(error)) return false;
    throw error;
  }
}
