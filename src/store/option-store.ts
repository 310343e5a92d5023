import type { FieldKey } from '../domain/field.ts';
import type { ConnectionId } from '../domain/ids.ts';

/** One value of one of our choice fields. */
export type OptionValue = { readonly field: FieldKey; readonly value: string };

/** What is known of the options of our fields in a CRM. */
export type OptionStore = {
  /** Every label that was ever given to an option. */
  readonly labels: (
    connection: ConnectionId,
  ) => Promise<readonly (OptionValue & { readonly label: string })[]>;
  /** Adds to them. */
  readonly remember: (
    connection: ConnectionId,
    labels: readonly (OptionValue & { readonly label: string })[],
  ) => Promise<void>;
  /**
   * Which of these a live customer may hold: as last seen or written, or all of them before the first
   * pull has ended.
   */
  readonly held: (
    connection: ConnectionId,
    values: readonly OptionValue[],
  ) => Promise<readonly OptionValue[]>;
};
