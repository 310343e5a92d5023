import { z } from 'zod';
import { type WorkMessage, type WorkReason, workReasons } from './work-queue.ts';

/** A message as it waits in a queue. */
export type Waiting = {
  readonly message: WorkMessage;
  /** Times it failed since it last succeeded. */
  readonly attempts: number;
  /** It waits because its connection failed: new messages do not hurry it. */
  readonly held: boolean;
  /** Milliseconds since the epoch, by the queue's clock. */
  readonly startAt: number;
};

/** Of several that become one, the reason that asks for most is kept. */
const weights: Readonly<Record<WorkReason, number>> = {
  manual: 3,
  schedule: 2,
  continue: 1,
  webhook: 0,
};

/** Two messages of the same connection as one. */
export function mergeWaiting(one: Waiting, other: Waiting): Waiting {
  const heavier = weights[one.message.reason] >= weights[other.message.reason] ? one : other;
  const holds = [one, other].filter(({ held }) => held).map(({ startAt }) => startAt);
  return {
    message: heavier.message,
    attempts: Math.max(one.attempts, other.attempts),
    held: holds.length > 0,
    startAt: holds.length > 0 ? Math.max(...holds) : Math.min(one.startAt, other.startAt),
  };
}

const schema = z.object({
  connection: z.string().min(1),
  reason: z.enum(workReasons),
  attempts: z.int().nonnegative().default(0),
  held: z.boolean().default(false),
  startAt: z.number().nonnegative().default(0),
});

/** What a queue stores of a message. */
export type StoredWaiting = z.infer<typeof schema>;

export function storedWaiting({ message, ...rest }: Waiting): StoredWaiting {
  return { ...message, ...rest };
}

/** @returns `null` for what is no message of ours. */
export function parseWaiting(stored: unknown): Waiting | null {
  const parsed = schema.safeParse(stored);
  if (!parsed.success) return null;
  const { connection, reason, ...rest } = parsed.data;
  return { message: { connection, reason }, ...rest };
}
