import type { DealStatus } from '../../src/domain/deal.ts';
import type { Session } from './session.ts';
import { pipelineList } from './wire-account.ts';

/** A deal stage of one of the portal's pipelines. */
export type Stage = {
  readonly id: string;
  readonly label: string;
  readonly pipeline: string;
  readonly probability: number | null;
  readonly isClosed: boolean;
};

export async function readStages(
  { client, paths }: Session,
  signal: AbortSignal,
): Promise<readonly Stage[]> {
  const { results } = await client.send(
    { method: 'GET', path: paths.pipelines('deals'), answer: pipelineList, effect: 'read' },
    signal,
  );
  return results.flatMap(({ label: pipeline, stages }) =>
    stages.map(({ id, label, metadata }) => {
      const probability = Number(metadata['probability'] ?? Number.NaN);
      const known = Number.isNaN(probability) ? null : probability;
      const closed = metadata['isClosed'];
      const isClosed =
        closed === undefined ? known === 0 || known === 1 : String(closed) === 'true';
      return { id, label, pipeline, probability: known, isClosed };
    }),
  );
}

/** By the stage's metadata, never by its name: names and ids are the portal's own (BEHAVIOR 25). */
export function statusOfStage({ isClosed, probability }: Stage): DealStatus {
  if (!isClosed) return 'open';
  return probability === 1 ? 'won' : 'lost';
}
