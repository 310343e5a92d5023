/** Values of the relation itself, such as `{ Member_Status: 'Active' }` or `{ Contact_Role: … }`. */
export type RelationValues = Readonly<Record<string, string | null>>;

/** Who is related to an owner, with the values of that relation. */
export interface Member {
  readonly memberId: string;
  readonly values: RelationValues;
}

/**
 * Owners are campaigns and deals, members are contacts. Ids are unique in the org, so one table
 * holds both kinds and the owner's id tells which it is.
 */
export class Memberships {
  readonly #members = new Map<string, Map<string, RelationValues>>();
  readonly #owners = new Map<string, Set<string>>();

  /** `values` are laid over those the relation has already. */
  add(ownerId: string, memberId: string, values: RelationValues = {}): void {
    const members = this.#members.get(ownerId) ?? new Map<string, RelationValues>();
    members.set(memberId, { ...members.get(memberId), ...values });
    this.#members.set(ownerId, members);
    const owners = this.#owners.get(memberId) ?? new Set<string>();
    this.#owners.set(memberId, owners.add(ownerId));
  }

  /** Whether there was such a relation. */
  remove(ownerId: string, memberId: string): boolean {
    this.#owners.get(memberId)?.delete(ownerId);
    return this.#members.get(ownerId)?.delete(memberId) ?? false;
  }

  /** The values of one relation; `undefined` when there is none. */
  get(ownerId: string, memberId: string): RelationValues | undefined {
    return this.#members.get(ownerId)?.get(memberId);
  }

  /** The members of an owner, oldest first. */
  of(ownerId: string): readonly Member[] {
    const members = this.#members.get(ownerId) ?? new Map<string, RelationValues>();
    return [...members].map(([memberId, values]) => ({ memberId, values }));
  }

  /** Ids of the owners that a member is related to, oldest first. */
  ownersOf(memberId: string): readonly string[] {
    return [...(this.#owners.get(memberId) ?? [])];
  }

  /** Gives all of `from`'s relations to `to`; where `to` has one already, its values stay. */
  moveMember(from: string, to: string): void {
    for (const ownerId of this.ownersOf(from)) {
      const values = { ...this.get(ownerId, from), ...this.get(ownerId, to) };
      this.remove(ownerId, from);
      this.add(ownerId, to, values);
    }
  }
}
