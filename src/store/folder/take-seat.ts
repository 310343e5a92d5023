import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { AssayError } from '../../domain/assay-error.ts';
import type { Instant } from '../../domain/time.ts';
import { hasCode } from '../errors.ts';
import { type FolderLock, heldByOtherTables, holderOf, lockFolder } from '../folder-lock.ts';
import { guestSeat } from './guest-seat.ts';
import { holderSeat } from './holder-seat.ts';
import { makeMeeting, removeMeeting } from './meeting.ts';
import type { Hearing, Seat } from './seat.ts';

export type Wanted = {
  readonly folder: string;
  readonly now: () => Instant;
  /** Names the tables that this code knows. */
  readonly tables: string;
  readonly hearing: Hearing;
};

/** While a holder opens or leaves the folder, nobody listens. */
const patienceMs = 20_000;
const pauseMs = 50;

/**
 * Holds the folder if nobody does, else becomes a guest of whoever holds it.
 * @throws AssayError `STORE_LOCKED` when its holder lets nobody in, and as `holderSeat`.
 */
export async function takeSeat(wanted: Wanted): Promise<Seat> {
  const until = performance.now() + patienceMs;
  for (;;) {
    const held = await hold(wanted);
    if (!(held instanceof AssayError)) return held;
    const seat = await visit(wanted, held);
    if (seat !== null) return seat;
    if (performance.now() > until) throw held;
    await sleep(pauseMs);
  }
}

/** Or why not: somebody else holds it. */
async function hold({ folder, now, tables, hearing }: Wanted): Promise<Seat | AssayError> {
  const socket = await makeMeeting();
  let lock: FolderLock | null = null;
  try {
    lock = await lockFolder(folder, now(), socket);
    return await holderSeat({ folder, lock, socket, tables, hearing });
  } catch (error) {
    await lock?.release();
    await removeMeeting(socket);
    if (lock === null && error instanceof AssayError && hasCode(error, 'STORE_LOCKED'))
      return error;
    throw error;
  }
}

/** `null`: not yet, or no longer. */
async function visit({ folder, tables }: Wanted, refusal: AssayError): Promise<Seat | null> {
  const holder = await holderOf(folder);
  if (holder === null) return null;
  if (holder.host !== hostname() || holder.socket === null) throw refusal;
  try {
    const seat = await guestSeat(holder.socket, tables);
    if (seat !== null) return seat;
  } catch (error) {
    if (hasCode(error, 'EACCES') || hasCode(error, 'EPERM')) throw refusal;
    return null;
  }
  throw heldByOtherTables(folder, holder);
}
