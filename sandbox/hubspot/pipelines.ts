import { withoutUndefined } from '../kit/without-undefined.ts';
import { conflict, notFound, validationError } from './errors.ts';
import type { ObjectType } from './object-types.ts';
import {
  defaultDealPipeline,
  type Pipeline,
  type PipelineInput,
  type PipelinePatch,
  type Stage,
  type StageInput,
  type StagePatch,
} from './pipeline.ts';

/** The pipelines of a portal. Only the stage's metadata says what is won (README 20). */
export class Pipelines {
  readonly #clock: () => number;
  readonly #pipelines = new Map<ObjectType, Map<string, Pipeline>>();
  // Asked for each of a million deals; rebuilt only after a change.
  #stages = new Map<ObjectType, ReadonlyMap<string, Stage>>();
  #nextId = 500_001;

  constructor(clock: () => number = Date.now) {
    this.#clock = clock;
    this.create('deals', defaultDealPipeline);
  }

  /** In display order. */
  all(type: ObjectType): readonly Pipeline[] {
    return [...this.#of(type).values()].toSorted((a, b) => a.displayOrder - b.displayOrder);
  }

  get(type: ObjectType, id: string): Pipeline {
    const pipeline = this.#of(type).get(id);
    if (pipeline === undefined) throw notFound(`Pipeline ${id} does not exist.`);
    return pipeline;
  }

  stage(type: ObjectType, pipelineId: string, stageId: string): Stage {
    const stage = this.get(type, pipelineId).stages.find((each) => each.id === stageId);
    if (stage === undefined) throw notFound(`Stage ${stageId} does not exist.`);
    return stage;
  }

  ids(type: ObjectType): ReadonlySet<string> {
    return new Set(this.#of(type).keys());
  }

  /** Stage ids are unique over all pipelines of a type. */
  stageIds(type: ObjectType): ReadonlySet<string> {
    return new Set(this.#stagesOf(type).keys());
  }

  /** The chance of winning a deal in this stage, 0 to 1; nothing when the stage is unknown. */
  probability(stageId: string): number | undefined {
    const text = this.#stagesOf('deals').get(stageId)?.metadata['probability'];
    return text === undefined ? undefined : Number(text);
  }

  /** Either end of a pipeline, won or lost. */
  isClosed(stageId: string): boolean {
    return this.#stagesOf('deals').get(stageId)?.metadata['isClosed'] === 'true';
  }

  isWon(stageId: string): boolean {
    return this.isClosed(stageId) && this.probability(stageId) === 1;
  }

  create(type: ObjectType, input: PipelineInput): Pipeline {
    return this.#save(type, this.#built(type, input.pipelineId ?? this.#newId(), input));
  }

  /** PUT: everything is replaced, stages included. */
  replace(type: ObjectType, id: string, input: PipelineInput): Pipeline {
    const current = this.get(type, id);
    const kept = new Set(current.stages.map((stage) => stage.id));
    const built = this.#built(type, id, input, kept);
    return this.#save(type, { ...built, createdAt: current.createdAt });
  }

  update(type: ObjectType, id: string, patch: PipelinePatch): Pipeline {
    const current = this.get(type, id);
    return this.#save(type, { ...current, ...withoutUndefined(patch), updatedAt: this.#now() });
  }

  /** The last pipeline of a type stays: HubSpot portals always have one. */
  remove(type: ObjectType, id: string): void {
    this.get(type, id);
    if (this.#of(type).size === 1) throw validationError('Cannot delete the only pipeline.');
    this.#of(type).delete(id);
    this.#stages = new Map();
  }

  createStage(type: ObjectType, pipelineId: string, input: StageInput): Stage {
    const pipeline = this.get(type, pipelineId);
    const stage = this.#newStage(type, input);
    this.#save(type, { ...pipeline, stages: [...pipeline.stages, stage] });
    return stage;
  }

  updateStage(type: ObjectType, pipelineId: string, stageId: string, patch: StagePatch): Stage {
    const current = this.stage(type, pipelineId, stageId);
    const metadata = { ...current.metadata, ...patch.metadata };
    const updated = { ...current, ...withoutUndefined(patch), metadata, updatedAt: this.#now() };
    const pipeline = this.get(type, pipelineId);
    const stages = pipeline.stages.map((each) => (each.id === stageId ? updated : each));
    this.#save(type, { ...pipeline, stages });
    return updated;
  }

  removeStage(type: ObjectType, pipelineId: string, stageId: string): void {
    this.stage(type, pipelineId, stageId);
    const pipeline = this.get(type, pipelineId);
    const stages = pipeline.stages.filter((each) => each.id !== stageId);
    this.#save(type, { ...pipeline, stages });
  }

  // `reusable` are the ids of the stages that are being replaced.
  #built(
    type: ObjectType,
    id: string,
    input: PipelineInput,
    reusable: ReadonlySet<string> = new Set(),
  ): Pipeline {
    const { label, displayOrder } = input;
    const now = this.#now();
    const stages = input.stages.map((stage) => this.#newStage(type, stage, reusable));
    return { id, label, displayOrder, stages, archived: false, createdAt: now, updatedAt: now };
  }

  #newStage(type: ObjectType, input: StageInput, reusable: ReadonlySet<string> = new Set()): Stage {
    const { label, displayOrder, metadata = {}, stageId } = input;
    const taken = stageId !== undefined && this.#stagesOf(type).has(stageId);
    if (taken && !reusable.has(stageId)) throw conflict(`Stage ${stageId} already exists.`);
    const probability = metadata['probability'];
    if (type === 'deals' && (probability === undefined || Number.isNaN(Number(probability)))) {
      throw validationError(`Deal stage "${label}" needs a probability in its metadata.`);
    }
    const end = probability !== undefined && [0, 1].includes(Number(probability));
    const now = this.#now();
    return {
      id: stageId ?? this.#newId(),
      label,
      displayOrder,
      metadata: { isClosed: String(end), ...metadata },
      archived: false,
      createdAt: now,
      updatedAt: now,
    };
  }

  #save(type: ObjectType, pipeline: Pipeline): Pipeline {
    const stages = pipeline.stages.toSorted((a, b) => a.displayOrder - b.displayOrder);
    const saved = { ...pipeline, stages };
    this.#of(type).set(saved.id, saved);
    this.#stages = new Map();
    return saved;
  }

  #stagesOf(type: ObjectType): ReadonlyMap<string, Stage> {
    const known = this.#stages.get(type);
    if (known !== undefined) return known;
    const stages = [...this.#of(type).values()].flatMap((pipeline) => pipeline.stages);
    const byId = new Map(stages.map((stage) => [stage.id, stage]));
    this.#stages.set(type, byId);
    return byId;
  }

  #of(type: ObjectType): Map<string, Pipeline> {
    const known = this.#pipelines.get(type);
    if (known !== undefined) return known;
    const empty = new Map<string, Pipeline>();
    this.#pipelines.set(type, empty);
    return empty;
  }

  #newId(): string {
    const id = this.#nextId;
    this.#nextId += 1;
    return String(id);
  }

  #now(): string {
    return new Date(this.#clock()).toISOString();
  }
}
