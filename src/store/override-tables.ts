import type { Generated } from 'kysely';
import type { FieldKey } from '../domain/field.ts';
import type { OverrideEnd, OverrideFamily, OverrideSource } from '../domain/override.ts';

/** Of overrides, and of the classes that a CRM offers. */
export type OverrideTables = {
  overrides: OverrideTable;
  override_fields: { connection_id: string; rules: string; attributes: readonly string[] };
  option_labels: { connection_id: string; field: FieldKey; value: string; label: string };
};

type OverrideTable = {
  position: Generated<number>;
  connection_id: string;
  /** The record it was set on; what became of that, the aliases tell. */
  customer_id: string;
  family: OverrideFamily;
  class: string;
  why: string;
  given_by: string;
  until: string | null;
  source: OverrideSource;
  at: string;
  /** All four, or none. */
  ended_how: OverrideEnd['how'] | null;
  ended_at: string | null;
  ended_by: string | null;
  ended_why: string | null;
};
