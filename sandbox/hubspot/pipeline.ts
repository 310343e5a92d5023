import { z } from 'zod';

const label = z.string().min(1);
const displayOrder = z.number().int();
const metadata = z.record(z.string(), z.string());

/** Body of a new stage. HubSpot makes up the id; `stageId` is accepted too, as its own apps send it. */
export const stageInput = z.object({
  label,
  displayOrder,
  metadata: metadata.default({}),
  stageId: z.string().min(1).optional(),
});
export type StageInput = Readonly<z.input<typeof stageInput>>;
export const stagePatch = z.object({ label, displayOrder, metadata }).partial();
export type StagePatch = Readonly<z.output<typeof stagePatch>>;

export const pipelineInput = z.object({
  label,
  displayOrder,
  stages: z.array(stageInput),
  pipelineId: z.string().min(1).optional(),
});
export type PipelineInput = Readonly<z.input<typeof pipelineInput>>;
export const pipelinePatch = z.object({ label, displayOrder, archived: z.boolean() }).partial();
export type PipelinePatch = Readonly<z.output<typeof pipelinePatch>>;

/**
 * A step of a pipeline. All metadata are strings: `probability` "1.0" is won, "0.0" lost, `isClosed`
 * "true" (README 20).
 */
export interface Stage {
  readonly id: string;
  readonly label: string;
  readonly displayOrder: number;
  readonly metadata: Readonly<Record<string, string>>;
  readonly archived: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface Pipeline {
  readonly id: string;
  readonly label: string;
  readonly displayOrder: number;
  readonly stages: readonly Stage[];
  readonly archived: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** The deal pipeline every portal is born with. Stage ids are portal-specific: do not rely on them. */
export const defaultDealPipeline: PipelineInput = {
  pipelineId: 'default',
  label: 'Sales Pipeline',
  displayOrder: 0,
  stages: [
    open('appointmentscheduled', 'Appointment Scheduled', '0.2', 0),
    open('qualifiedtobuy', 'Qualified To Buy', '0.4', 1),
    open('presentationscheduled', 'Presentation Scheduled', '0.6', 2),
    open('decisionmakerboughtin', 'Decision Maker Bought-In', '0.8', 3),
    open('contractsent', 'Contract Sent', '0.9', 4),
    closed('closedwon', 'Closed Won', '1.0', 5),
    closed('closedlost', 'Closed Lost', '0.0', 6),
  ],
};

function open(
  stageId: string,
  name: string,
  probability: string,
  displayOrder: number,
): StageInput {
  return { stageId, label: name, displayOrder, metadata: { isClosed: 'false', probability } };
}

function closed(
  stageId: string,
  name: string,
  probability: string,
  displayOrder: number,
): StageInput {
  return { stageId, label: name, displayOrder, metadata: { isClosed: 'true', probability } };
}
