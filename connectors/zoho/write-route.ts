import type { WriteRoute } from '../../src/domain/write-route.ts';
import { grouped, saidCost } from './read-route.ts';
import {
  jobsCost,
  plus,
  putCost,
  rowsByJob,
  rowsPerJob,
  rowsPerProof,
  usualJobCredits,
} from './write-costs.ts';

/**
 * Batches on their way at once. Each sends ten PUTs side by side, while the one before it is proven;
 * a batch of a job is held in memory while Zoho works on it.
 */
const parallel = 2;

/**
 * PUT by id in hundreds, or bulk write where so many changes are cheaper by it, with both prices.
 * `withoutBulk`: why bulk write is out of the question, in words; `null` when it is not.
 * `jobCredits`: what making a job costs in this org.
 */
export function writeRoute(
  changes: number,
  withoutBulk: string | null,
  jobCredits: number = usualJobCredits,
): WriteRoute {
  const byPut = putCost(changes);
  const byJob = withoutBulk === null ? rowsByJob(changes, jobCredits) : 0;
  if (byJob === 0) {
    const other = withoutBulk ?? `a bulk write job would cost ${saidCost(jobsCost(1, jobCredits))}`;
    const reason = `PUT by id, ${saidCost(byPut)}; ${other}`;
    const { calls, credits: spends } = byPut;
    return { batch: rowsPerProof, parallel, calls, spends, reason };
  }
  const jobs = Math.ceil(byJob / rowsPerJob);
  const cost = plus(jobsCost(jobs, jobCredits), putCost(changes - byJob));
  const rest = changes > byJob ? ` and PUT for the last ${grouped(changes - byJob)}` : '';
  const how = `Bulk write, ${jobs} ${jobs === 1 ? 'job' : 'jobs'}${rest}, ${saidCost(cost)}`;
  const reason = `${how}; PUT by id would cost ${saidCost(byPut)}`;
  return { batch: rowsPerJob, parallel, calls: cost.calls, spends: cost.credits, reason };
}
