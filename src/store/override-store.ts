import type { ConnectionId, RecordId } from '../domain/ids.ts';
import type { KeptOverride, Override, OverrideFamily } from '../domain/override.ts';
import type { RecordRef } from '../domain/population.ts';
import type { Instant, LocalDay } from '../domain/time.ts';

/** An override to be kept. */
export type NewOverride = Override & { readonly customer: RecordId };

/** Who set or cleared it, as the log names him, and when. */
export type OverrideWord = { readonly actor: string; readonly at: Instant };

/** What setting some did. */
export type OverridesSet = {
  /** Customers and families that have another now. */
  readonly set: number;
  /** That had this very one. */
  readonly unchanged: number;
  /** What was in force until now and no longer is, because another was set. */
  readonly replaced: readonly KeptOverride[];
  /** Whom it concerns: their records in this and in other connections. */
  readonly touched: readonly RecordRef[];
};

/**
 * What people decided of single customers, beside what is scored. A record that was merged into
 * another gives its overrides to that one; which of two wins, `src/score/decided.ts` says.
 */
export type OverrideStore = {
  /**
   * Live customers by record id, external id or e-mail, exact (an e-mail in lower case too) as
   * `records.find`: each match with the name that found it.
   */
  readonly named: (
    connection: ConnectionId,
    names: readonly string[],
  ) => Promise<readonly NamedCustomer[]>;
  /** In force of these live customers, lapsed ones too; whoever has none is missing. */
  readonly of: (
    connection: ConnectionId,
    customers: readonly RecordId[],
  ) => Promise<ReadonlyMap<RecordId, readonly KeptOverride[]>>;
  /**
   * Keeps them, each customer and family once, in place of what was in force for them; writes the log,
   * and marks the customers and who is joined with them for their next scoring. All or none.
   */
  readonly set: (
    connection: ConnectionId,
    rows: readonly NewOverride[],
    word: OverrideWord,
  ) => Promise<OverridesSet>;
  /** Ends what is in force of a customer and family. `set` counts how many; 0: there was none. */
  readonly clear: (
    connection: ConnectionId,
    what: { readonly customer: RecordId; readonly family: OverrideFamily; readonly why: string },
    word: OverrideWord,
  ) => Promise<OverridesSet>;
  /** Those in force, by customer and family; of merged records the one that is outweighed too. */
  readonly inForce: (
    connection: ConnectionId,
    select?: {
      readonly family?: OverrideFamily | undefined;
      /** Only those whose last day is in this span, both days included. */
      readonly lapsing?: { readonly from: LocalDay | null; readonly to: LocalDay };
    },
  ) => Promise<readonly KeptOverride[]>;
  /** Everything that was ever decided of a customer, oldest first. */
  readonly history: (
    connection: ConnectionId,
    customer: RecordId,
  ) => Promise<readonly KeptOverride[]>;
  /** What live customers' mapped attributes of these names hold, filled ones, by customer. */
  readonly fieldValues: (
    connection: ConnectionId,
    attributes: readonly string[],
  ) => Promise<readonly FieldWord[]>;
  /**
   * Marks for scoring whoever has one of the attributes, now or before, filled, if `rules` are others
   * than at the last call: what is read of them means something else.
   */
  readonly noteFields: (
    connection: ConnectionId,
    fields: { readonly rules: string; readonly attributes: readonly string[] },
  ) => Promise<void>;
};

/** A customer whom somebody means. */
export type NamedCustomer = {
  /** As asked for. */
  readonly called: string;
  readonly id: RecordId;
  readonly externalId: string | null;
  readonly name: string | null;
};

/** What the CRM's own field holds. */
export type FieldWord = {
  readonly customer: RecordId;
  readonly attribute: string;
  readonly value: string;
};
