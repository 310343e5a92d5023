import type { RunId } from '../domain/ids.ts';
import { pullRecords } from '../pull/pull-records.ts';
import type { PullOptions } from '../pull/pull-source.ts';
import type { Store } from '../store/store.ts';
import type { RunContext } from './context.ts';
import { doubtCodes, letTakeOf } from './let-take.ts';
import type { PullReport } from './report.ts';

/** Pulls, and counts what the store then holds. */
export async function pullStage(ctx: RunContext, runId: RunId, full: boolean): Promise<PullReport> {
  const { connection, connector, store, clock, log, progress, signal } = ctx;
  const around = { connection, connector, clock, log, progress, signal };
  const source = { ...around, store: sharing(ctx), letTake: letTakeOf(ctx, runId) };
  const options = { runId, ...(await modeOf(ctx, full)) };
  const { mode, reason, resumed, ...counted } = await pullRecords(source, options);
  const counts = await store.records.counts(connection);
  return { mode, reason, resumed, ...counted, counts };
}

async function modeOf(ctx: RunContext, full: boolean): Promise<Omit<PullOptions, 'runId'>> {
  if (full) return { full, mayList: true };
  if (await listingRests(ctx)) return { full, mayList: false };
  const isDue = await ctx.store.pulls.isListingDue(ctx.connection);
  return isDue ? { full: true, mayList: true, fullWhy: undone } : { full, mayList: true };
}

const undone = 'a run was rolled back, and what led to it may be what no delta shows';

/** A listing of hundreds of thousands that is not believed is not made again by each run of the day. */
const restMs = 6 * 3_600_000;

async function listingRests({ connection, store, clock }: RunContext): Promise<boolean> {
  const since = new Date(clock.now() - restMs).toISOString();
  return await store.runs.wereStoppedBy(connection, doubtCodes, since);
}

/** Pages are not stored while a rescoring reads what is stored: it would clear the marks they set. */
function sharing({ store, turns }: RunContext): Store {
  const { savePage, finish } = store.pulls;
  return {
    ...store,
    pulls: {
      ...store.pulls,
      savePage: (connection, page) => turns.shared(() => savePage(connection, page)),
      finish: (connection, fact) => turns.shared(() => finish(connection, fact)),
    },
  };
}
