import type { Change } from '../domain/change.ts';
import { isConnectionStopped } from '../domain/connection-stop.ts';
import { chunk } from '../lib/chunk.ts';
import { sideBySide } from '../lib/side-by-side.ts';
import { step } from '../lib/step.ts';
import { ensureGoing } from '../store/stop-store.ts';
import type { ApplyTarget } from './apply-target.ts';

/** Changes taken from the store at once, or a batch. After a crash at most these are read back. */
const pageSize = 1_000;

/**
 * Writes every pending change of the plan, the most important first, and saves each receipt. How
 * many go out together follows from how many there are; the connector's rate budget decides how
 * fast.
 */
export async function applyChanges(target: ApplyTarget): Promise<void> {
  const { open } = await target.store.plans.receiptCounts(target.planId);
  const { batch, parallel } = target.connector.writeRoute(open);
  const stops: unknown[] = [];
  await sideBySide(
    pendingBatches(target, batch, (error) => stops.push(error)),
    parallel,
    async (changes, signal) => {
      await applyOneBatch(target, changes, signal);
    },
    target.signal,
  );
  if (stops.length > 0) throw stops[0];
}

/** Until the next look, when all that is left waits for another plan's changes of the same customers. */
const blockedMs = 250;

/**
 * Marks a page as sending before its first call goes out. What was taken and never sent, because
 * another batch stopped the work, is put back by `settleSending` at the next start. Each batch asks
 * whether a person stopped the connection: those under way end with their receipts, none follows.
 */
async function* pendingBatches(
  target: ApplyTarget,
  size: number,
  onStop: (error: unknown) => void,
): AsyncGenerator<readonly Change[]> {
  const { plans } = target.store;
  for (;;) {
    const page = await plans.changes(target.planId, {
      state: 'pending',
      after: null,
      limit: Math.max(pageSize, size),
    });
    if (page.length === 0) return;
    const seqs = page.map((change) => change.seq);
    const marked = new Set(await plans.markSending(target.planId, seqs));
    step('apply.marked');
    if (marked.size === 0) await target.clock.sleep(blockedMs, target.signal);
    const ours = page.filter(({ seq }) => marked.has(seq));
    for (const [at, batch] of [...chunk(ours, size)].entries()) {
      const stop = await stopOf(target);
      if (stop !== null) {
        const unsent = ours.slice(at * size).map(({ seq }) => seq);
        await plans.markPending(target.planId, unsent);
        return onStop(stop);
      }
      yield batch;
    }
  }
}

/** Anything else that goes wrong with asking stops the work as any error does. */
async function stopOf({ store, connection, planId }: ApplyTarget): Promise<unknown> {
  try {
    await ensureGoing(store.stops, connection, planId);
    return null;
  } catch (error) {
    if (isConnectionStopped(error)) return error;
    throw error;
  }
}

/** Sends what is marked and saves its receipts. */
export async function applyOneBatch(
  target: ApplyTarget,
  batch: readonly Change[],
  signal: AbortSignal,
): Promise<void> {
  const { connection, connector, store, planId, marker } = target;
  step('apply.sending');
  const receipts = await connector.applyBatch(batch, marker, signal);
  step('apply.sent');
  await store.plans.saveReceipts(connection, planId, marker, receipts);
  step('apply.receipts-saved');
  target.progress.advance('apply', batch.length);
  target.log.debug({ connection, count: receipts.length }, 'apply.batch');
}
