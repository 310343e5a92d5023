import type { ConnectionStop } from '../domain/connection-stop.ts';
import type { ConnectionId } from '../domain/ids.ts';
import type { Plan } from '../domain/plan.ts';
import type { Clock } from '../lib/clock.ts';
import type { Store } from '../store/store.ts';

export type Resumed = {
  /** The stop that ended; `null`: there was none. */
  readonly stop: ConnectionStop | null;
  /** The rollback that stopped it, when not all of it was written. */
  readonly plan: Plan | null;
};

/** A person's word that the connection goes on. */
export async function resumeConnection(
  { store, clock }: { readonly store: Pick<Store, 'stops' | 'plans'>; readonly clock: Clock },
  connection: ConnectionId,
  word: { readonly by: string; readonly why: string | null },
): Promise<Resumed> {
  const at = new Date(clock.now()).toISOString();
  const stop = await store.stops.resume(connection, { ...word, at });
  const plan = stop?.plan == null ? null : await store.plans.byId(stop.plan);
  const isOpen = plan !== null && ['held', 'ready', 'applying'].includes(plan.status);
  return { stop, plan: isOpen ? plan : null };
}
