import type { Role } from '../domain/actor.ts';
import type { Instant } from '../domain/time.ts';

/** A person or a machine that shows a token. */
export type Grant = {
  readonly name: string;
  readonly role: Role;
  readonly createdAt: Instant;
  /** Who gave it. */
  readonly createdBy: string;
  /** To the minute; `null`: never. */
  readonly lastUsedAt: Instant | null;
};

/** Who may act. Tokens are known by their SHA-256 alone. */
export type AccessStore = {
  /** Nobody was given a token yet: the shell's user acts by name. */
  readonly isOpen: () => Promise<boolean>;
  /** Whose token it is, by its hash as hex; remembers that it was used. */
  readonly find: (hash: string) => Promise<Grant | null>;
  /** By name. */
  readonly list: () => Promise<readonly Grant[]>;
  /**
   * Told in the log.
   * @throws AssayError `ACCESS_NAME_TAKEN`, `ACCESS_ADMIN_NEEDED` for a first grant that is no admin's.
   */
  readonly grant: (one: {
    readonly name: string;
    readonly role: Role;
    readonly hash: string;
  }) => Promise<Grant>;
  /**
   * Told in the log.
   * @throws AssayError `ACCESS_NAME_UNKNOWN`, `ACCESS_ADMIN_NEEDED` for the last admin's.
   */
  readonly revoke: (name: string) => Promise<Grant>;
};
