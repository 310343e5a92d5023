import type { DueKind, DueWork } from '../domain/due-work.ts';
import type { ConnectionId } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';
import type { Store } from '../store/store.ts';

/** What is done with a connection beside its runs. */
export type Chore = Exclude<DueKind, 'run' | 'delta' | 'full'>;

type DueStore = Pick<Store, 'schedules' | 'work'>;

/**
 * Runs that are due are asked for in the store, where they stay so until one has ended. A crash between
 * asking and noting asks twice, which is one run.
 */
export async function askDueRuns(
  { schedules, work }: DueStore,
  connection: ConnectionId,
  now: Instant,
): Promise<void> {
  for (const due of await schedules.due(connection)) {
    if (choreOf(due) !== null) continue;
    await work.ask(connection, { full: due.kind === 'full' }, now);
    await schedules.done(connection, due);
  }
}

/** Does the other work that is due; what fails stays due. */
export async function doDueChores(
  { schedules }: Pick<DueStore, 'schedules'>,
  connection: ConnectionId,
  chore: (kind: Chore) => Promise<void>,
): Promise<void> {
  for (const due of await schedules.due(connection)) {
    const kind = choreOf(due);
    if (kind === null) continue;
    await chore(kind);
    await schedules.done(connection, due);
  }
}

function choreOf({ kind }: DueWork): Chore | null {
  return kind === 'renew-channels' || kind === 'retention' ? kind : null;
}
