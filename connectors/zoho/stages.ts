import type { DealStatus } from '../../src/domain/deal.ts';
import type { ZohoClient } from './client.ts';
import { layoutsAnswer, pipelineAnswer } from './wire-org.ts';

/** A deal stage of one of the org's pipelines. */
export type Stage = {
  /** What records hold; people may have renamed what they see (facts §9). */
  readonly value: string;
  readonly label: string;
  readonly pipeline: string;
  readonly status: DealStatus;
};

/** All stages of all pipelines of all layouts of Deals. */
export async function readStages(
  client: ZohoClient,
  signal: AbortSignal,
): Promise<readonly Stage[]> {
  const layouts = await client.send(
    {
      ...{ method: 'GET', path: '/crm/v8/settings/layouts', query: { module: 'Deals' } },
      ...{ answer: layoutsAnswer, effect: 'read', credits: 1, pool: 'plain' },
    },
    signal,
  );
  const ofLayouts = (layouts?.layouts ?? []).map((layout) =>
    readPipelines(client, layout.id, signal),
  );
  return (await Promise.all(ofLayouts)).flat();
}

async function readPipelines(
  client: ZohoClient,
  layoutId: string,
  signal: AbortSignal,
): Promise<readonly Stage[]> {
  const answer = await client.send(
    {
      ...{ method: 'GET', path: '/crm/v8/settings/pipeline', query: { layout_id: layoutId } },
      ...{ answer: pipelineAnswer, effect: 'read', credits: 1, pool: 'plain' },
    },
    signal,
  );
  return (answer?.pipeline ?? []).flatMap(({ display_value: pipeline, maps }) =>
    (maps ?? []).map(({ actual_value: value, display_value: label, forecast_type }) => {
      return { value, label: label || value, pipeline, status: statusOf(forecast_type ?? '') };
    }),
  );
}

/** By what the stage counts as, never by its name: names are renamed and translated (facts §9). */
function statusOf(forecastType: string): DealStatus {
  const type = forecastType.toLowerCase();
  if (!type.includes('closed')) return 'open';
  return type.includes('won') ? 'won' : 'lost';
}

/**
 * By the value that deals hold. A label stands for its stage too where no stage has it as its value:
 * an answer that showed labels would still be read.
 */
export function statusByValue(stages: readonly Stage[]): ReadonlyMap<string, DealStatus> {
  return new Map([
    ...stages.map(({ label, status }) => [label, status] as const),
    ...stages.map(({ value, status }) => [value, status] as const),
  ]);
}
