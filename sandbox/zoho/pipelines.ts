import type { PickListValue } from './field.ts';
import type { IdSequence } from './id-sequence.ts';

export const forecastTypes = ['Open', 'Closed Won', 'Closed Lost'] as const;
export type ForecastType = (typeof forecastTypes)[number];

/** A step of a pipeline. Only `forecastType` says what is won (facts §9). */
export interface Stage extends PickListValue {
  readonly forecastType: ForecastType;
  /** Percent. */
  readonly probability: number;
}

export interface Pipeline {
  readonly id: string;
  readonly actualValue: string;
  readonly displayValue: string;
  readonly isDefault: boolean;
  readonly stages: readonly Stage[];
}

export type NewStage = Omit<Stage, 'id'>;

const defaultStages: readonly NewStage[] = [
  stage('Qualification', 10),
  stage('Needs Analysis', 20),
  stage('Value Proposition', 40),
  stage('Identify Decision Makers', 60),
  stage('Proposal/Price Quote', 75),
  stage('Negotiation/Review', 90),
  stage('Closed Won', 100, 'Closed Won'),
  stage('Closed Lost', 0, 'Closed Lost'),
  stage('Closed Lost to Competition', 0, 'Closed Lost'),
];

/** The pipelines of the Deals module. An admin may rename, translate and add stages. */
export class Pipelines {
  readonly #ids: IdSequence;
  readonly #pipelines = new Map<string, Pipeline>();
  // Asked for each of a million deals; rebuilt only after a change.
  #stages: ReadonlyMap<string, Stage> | null = null;

  constructor(ids: IdSequence) {
    this.#ids = ids;
    this.add('Standard (Standard)', defaultStages);
  }

  all(): readonly Pipeline[] {
    return [...this.#pipelines.values()];
  }

  byId(id: string): Pipeline | undefined {
    return this.#pipelines.get(id);
  }

  /** By what is stored, over all pipelines. */
  stage(actualValue: string): Stage | undefined {
    return this.#known().get(actualValue);
  }

  /** Every stage once. The same list until a stage changes. */
  stages(): ReadonlyMap<string, Stage> {
    return this.#known();
  }

  /** A further pipeline; a stage that another one has already is shared with it. */
  add(name: string, stages: readonly NewStage[]): Pipeline {
    const built = stages.map((each) => this.#built(each));
    const isDefault = this.#pipelines.size === 0;
    const names = { actualValue: name, displayValue: name };
    const pipeline = { id: this.#ids.take(), ...names, isDefault, stages: built };
    return this.#save(pipeline);
  }

  addStage(pipelineId: string, stage: NewStage): Stage {
    const built = this.#built(stage);
    const pipeline = this.#pipelines.get(pipelineId);
    if (pipeline === undefined) throw new RangeError(`There is no pipeline ${pipelineId}.`);
    this.#save({ ...pipeline, stages: [...pipeline.stages, built] });
    return built;
  }

  /** What people see from now on; records keep the actual value. */
  renameStage(actualValue: string, displayValue: string): void {
    this.#changeStage(actualValue, (stage) => ({ ...stage, displayValue }));
  }

  /** Whether a stage counts as open, won or lost is the admin's to say. */
  setForecast(actualValue: string, forecastType: ForecastType): void {
    this.#changeStage(actualValue, (stage) => ({ ...stage, forecastType }));
  }

  #changeStage(actualValue: string, change: (stage: Stage) => Stage): void {
    for (const pipeline of this.#pipelines.values()) {
      const stages = pipeline.stages.map((each) =>
        each.actualValue === actualValue ? change(each) : each,
      );
      this.#save({ ...pipeline, stages });
    }
  }

  #built(stage: NewStage): Stage {
    return this.stage(stage.actualValue) ?? { id: this.#ids.take(), ...stage };
  }

  #save(pipeline: Pipeline): Pipeline {
    this.#pipelines.set(pipeline.id, pipeline);
    this.#stages = null;
    return pipeline;
  }

  #known(): ReadonlyMap<string, Stage> {
    const stages = this.all().flatMap((pipeline) => pipeline.stages);
    this.#stages ??= new Map(stages.map((each) => [each.actualValue, each]));
    return this.#stages;
  }
}

function stage(
  name: string,
  probability: number,
  forecastType: ForecastType = 'Open',
): Readonly<NewStage> {
  return { actualValue: name, displayValue: name, forecastType, probability };
}
