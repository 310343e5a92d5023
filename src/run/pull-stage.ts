import type { RunId } from '../domain/ids.ts';
import { pullRecords } from '../pull/pull-records.ts';
import type { RunContext } from './context.ts';
import type { PullReport } from './report.ts';

/** Pulls, and counts what the store then holds. */
export async function pullStage(ctx: RunContext, runId: RunId, full: boolean): Promise<PullReport> {
  const { connection, connector, store, clock, log, progress, signal } = ctx;
  const source = { connection, connector, store, clock, log, progress, signal };
  const { mode, reason, resumed, ...counted } = await pullRecords(source, { runId, full });
  const counts = await store.records.counts(connection);
  return { mode, reason, resumed, ...counted, counts };
}
