import type { IdSequence } from './id-sequence.ts';
import { type ModuleName, moduleNames } from './module-names.ts';

/** Which records are in a view; each must hold. */
export interface ViewCriterion {
  readonly field: string;
  readonly comparator: 'equal' | 'not_equal' | 'in';
  /** As stored; several of them for `in`. */
  readonly value: string | readonly string[];
}

/** A saved filter with its columns. Only people make them: there is no API for it (facts §6). */
export interface CustomView {
  readonly id: string;
  readonly module: ModuleName;
  readonly name: string;
  readonly isSystem: boolean;
  /** Columns, by api name. */
  readonly fields: readonly string[];
  readonly criteria: readonly ViewCriterion[];
  readonly createdAt: number;
}

export type NewView = Pick<CustomView, 'name' | 'fields' | 'criteria'>;

/** The views of every module: one of all its records, and those that people made. */
export class CustomViews {
  readonly #ids: IdSequence;
  readonly #clock: () => number;
  readonly #views = new Map<string, CustomView>();

  constructor(ids: IdSequence, clock: () => number) {
    this.#ids = ids;
    this.#clock = clock;
    for (const module of moduleNames)
      this.#save(module, { name: `All ${module}`, fields: [], criteria: [] }, true);
  }

  all(module: ModuleName): readonly CustomView[] {
    return [...this.#views.values()].filter((view) => view.module === module);
  }

  byId(id: string): CustomView | undefined {
    return this.#views.get(id);
  }

  /** What a person does in the CRM when the guide tells them to. */
  create(module: ModuleName, view: NewView): CustomView {
    return this.#save(module, view, false);
  }

  delete(id: string): void {
    this.#views.delete(id);
  }

  #save(module: ModuleName, view: NewView, isSystem: boolean): CustomView {
    const saved = { id: this.#ids.take(), module, isSystem, createdAt: this.#clock(), ...view };
    this.#views.set(saved.id, saved);
    return saved;
  }
}
