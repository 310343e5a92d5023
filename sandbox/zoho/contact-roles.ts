import type { IdSequence } from './id-sequence.ts';

/** What a contact may be in a deal. */
export interface ContactRole {
  readonly id: string;
  readonly name: string;
}

const names = [
  ...['Developer/Evaluator', 'Decision Maker', 'Purchasing', 'Executive Sponsor'],
  ...['Engineering Lead', 'Economic Decision Maker', 'Product Management'],
];

/** The roles of an org; which contact has which in a deal is a relation (`Memberships`). */
export class ContactRoles {
  readonly #roles: readonly ContactRole[];

  constructor(ids: IdSequence) {
    this.#roles = names.map((name) => ({ id: ids.take(), name }));
  }

  all(): readonly ContactRole[] {
    return this.#roles;
  }

  byId(id: string): ContactRole | undefined {
    return this.#roles.find((role) => role.id === id);
  }

  byName(name: string): ContactRole | undefined {
    return this.#roles.find((role) => role.name === name);
  }
}
