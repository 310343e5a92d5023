import type { Change, MembershipChange } from '../domain/change.ts';
import type { FieldValues } from '../domain/field.ts';
import type { ConnectionId, PlanId, RecordId } from '../domain/ids.ts';
import type { RollbackException, WrittenCustomer, WrittenMembership } from '../domain/rollback.ts';
import { changePriority } from '../plan/change-priority.ts';
import {
  type KeptFields,
  type ListsThere,
  takeBackFields,
  takeBackMembership,
} from '../plan/take-back.ts';
import type { Store } from '../store/store.ts';

type BuilderStore = Pick<Store, 'plans' | 'records' | 'rollbacks'>;
type Steps = { readonly add: number; readonly remove: number };

/** What a rollback's plan holds, counted. */
export type RollbackCounts = {
  readonly customers: number;
  readonly changes: number;
  readonly changesByPriority: Readonly<Record<string, number>>;
  readonly changesByField: Readonly<Record<string, number>>;
  readonly steps: ReadonlyMap<string, Steps>;
};

/** Adds pages of what was written, inverted, to a rollback's plan, and counts. */
export class RollbackBuilder {
  readonly #store: BuilderStore;
  readonly #connection: ConnectionId;
  readonly #planId: PlanId;
  readonly #priorities = new Map<string, number>();
  readonly #fields = new Map<string, number>();
  readonly #steps = new Map<string, Steps>();
  #customers = 0;
  #changes = 0;

  constructor(store: BuilderStore, connection: ConnectionId, planId: PlanId) {
    this.#store = store;
    this.#connection = connection;
    this.#planId = planId;
  }

  /** @param held what the CRM holds of those it had to be asked about. */
  async addFields(
    page: readonly WrittenCustomer[],
    held: ReadonlyMap<RecordId, FieldValues>,
    kept: KeptFields,
  ): Promise<void> {
    const changes: Change[] = [];
    const exceptions: RollbackException[] = [];
    for (const customer of page) {
      const { customerId } = customer;
      const back = takeBackFields(customer, held.get(customerId) ?? null, kept);
      exceptions.push(...back.exceptions);
      if (back.fields.length === 0) continue;
      const keys = back.fields.map(({ key }) => key);
      const seq = this.#changes + changes.length;
      changes.push({ seq, customerId, priority: changePriority(keys), fields: back.fields });
    }
    await this.#store.plans.addChanges(this.#planId, changes);
    await this.#store.rollbacks.addExceptions(this.#planId, exceptions);
    await this.#remember(page, held);
    this.#customers += page.length;
    this.#count(changes);
  }

  async addMemberships(page: readonly WrittenMembership[], lists: ListsThere): Promise<void> {
    const steps: MembershipChange[] = [];
    const exceptions: RollbackException[] = [];
    for (const one of page) {
      const { listKey, customerId } = one;
      const { action, exception } = takeBackMembership(one, lists);
      if (exception !== null) exceptions.push(exception);
      if (action !== null) steps.push({ listKey, customerId, action });
    }
    await this.#store.plans.addMemberships(this.#planId, steps);
    await this.#store.rollbacks.addExceptions(this.#planId, exceptions);
    for (const { listKey, action } of steps) {
      const before = this.#steps.get(listKey) ?? { add: 0, remove: 0 };
      this.#steps.set(listKey, { ...before, [action]: before[action] + 1 });
    }
  }

  counts(): RollbackCounts {
    return {
      customers: this.#customers,
      changes: this.#changes,
      changesByPriority: Object.fromEntries(this.#priorities),
      changesByField: Object.fromEntries(this.#fields),
      steps: this.#steps,
    };
  }

  /**
   * Who holds something else than we wrote, changed by somebody or never written although the CRM said
   * so, is known from now on: the next run steps from there.
   */
  async #remember(
    page: readonly WrittenCustomer[],
    held: ReadonlyMap<RecordId, FieldValues>,
  ): Promise<void> {
    const seen = new Map<RecordId, FieldValues>();
    for (const { customerId, fields } of page) {
      const now = held.get(customerId);
      if (now !== undefined && fields.some(({ key, wrote }) => (now[key] ?? null) !== wrote))
        seen.set(customerId, now);
    }
    if (seen.size > 0) await this.#store.records.saveHeld(this.#connection, seen);
  }

  #count(changes: readonly Change[]): void {
    this.#changes += changes.length;
    for (const { priority, fields } of changes) {
      addOne(this.#priorities, priority);
      for (const { key } of fields) addOne(this.#fields, key);
    }
  }
}

function addOne(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
