import type { WorkerEvent } from './workers.ts';

/** A run of one worker on one portal, by the log. */
type Held = { readonly from: number; readonly to: number };

/** Pairs of runs on the same portal that overlap in time: none, if one at a time holds a portal. */
export function heldTwice(events: readonly WorkerEvent[]): number {
  const byConnection = Map.groupBy(
    events.filter(({ event }) => event === 'run.start' || event === 'run.end'),
    ({ connection }) => connection,
  );
  return [...byConnection.values()].reduce((sum, own) => sum + overlaps(runsIn(own)), 0);
}

function runsIn(events: readonly WorkerEvent[]): readonly Held[] {
  const byWorker = Map.groupBy(events, ({ worker }) => worker);
  return [...byWorker.values()].flatMap((own) => {
    const sorted = own.toSorted((one, other) => one.at - other.at);
    return sorted.flatMap(({ event, at }, index) =>
      event === 'run.start' ? [{ from: at, to: endAfter(sorted, index) }] : [],
    );
  });
}

/** A run that never ended is held for ever. */
function endAfter(events: readonly WorkerEvent[], index: number): number {
  const end = events.slice(index + 1).find(({ event }) => event === 'run.end');
  return end?.at ?? Number.POSITIVE_INFINITY;
}

function overlaps(runs: readonly Held[]): number {
  const sorted = runs.toSorted((one, other) => one.from - other.from);
  return sorted.filter((run, at) => at > 0 && run.from < (sorted[at - 1]?.to ?? 0)).length;
}
