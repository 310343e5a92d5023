import type { IdSequence } from './id-sequence.ts';
import type { OrgOptions } from './org-options.ts';

/** A person, or an integration, that may sign in. */
export interface User {
  readonly id: string;
  readonly name: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly profile: { readonly id: string; readonly name: string };
  readonly role: { readonly id: string; readonly name: string };
  readonly isActive: boolean;
  /** IANA name. */
  readonly timeZone: string;
}

/** How a further user differs from an active one with the standard profile. */
export interface NewUser {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  /** Default true. An owner may have left (facts §9). */
  readonly isActive?: boolean;
}

type Named = User['profile'];

/** The users of an org: the one whose token we hold, and people who edit beside us. */
export class Users {
  /** The integration user, an administrator. */
  readonly current: User;
  /** A person who edits by hand. */
  readonly other: User;
  readonly #users = new Map<string, User>();
  readonly #ids: IdSequence;
  readonly #options: OrgOptions;
  readonly #administrator: Named;
  readonly #standard: Named;
  readonly #role: Named;

  constructor(ids: IdSequence, options: OrgOptions) {
    this.#ids = ids;
    this.#options = options;
    this.#administrator = { id: ids.take(), name: 'Administrator' };
    this.#standard = { id: ids.take(), name: 'Standard' };
    this.#role = { id: ids.take(), name: 'CEO' };
    const assay = { firstName: 'Assay', lastName: 'Integration', email: 'assay@sandbox.invalid' };
    this.current = this.#create(assay, this.#administrator);
    const person = { firstName: 'Pat', lastName: 'Person', email: 'pat@sandbox.invalid' };
    this.other = this.add(person);
  }

  add(user: NewUser): User {
    return this.#create(user, this.#standard);
  }

  byId(id: string): User | undefined {
    return this.#users.get(id);
  }

  all(): readonly User[] {
    return [...this.#users.values()];
  }

  /** Every profile a field may be shown to. */
  profiles(): readonly Named[] {
    return [this.#administrator, this.#standard];
  }

  #create({ firstName, lastName, email, isActive = true }: NewUser, profile: Named): User {
    const timeZone = this.#options.userTimeZone ?? this.#options.timeZone;
    const name = `${firstName} ${lastName}`;
    const known = { id: this.#ids.take(), name, firstName, lastName, email };
    const user = { ...known, profile, role: this.#role, isActive, timeZone };
    this.#users.set(user.id, user);
    return user;
  }
}
