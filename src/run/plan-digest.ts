import { createHash } from 'node:crypto';
import type { Change, MembershipChange } from '../domain/change.ts';

/** A hash over all that a plan would change, in the order in which customers are compared. */
export class PlanDigest {
  readonly #hash = createHash('sha256');

  add(changes: readonly Change[], memberships: readonly MembershipChange[]): void {
    for (const { customerId, fields } of changes)
      this.#take([customerId, ...fields.flatMap(({ key, from, to }) => [key, from, to])]);
    for (const { listKey, customerId, action } of memberships)
      this.#take([customerId, listKey, action]);
  }

  /** SHA-256, hex. Ends it. */
  text(): string {
    return this.#hash.digest('hex');
  }

  #take(parts: readonly (string | null)[]): void {
    this.#hash.update(`${JSON.stringify(parts)}\n`);
  }
}
