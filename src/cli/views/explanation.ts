import type { Customer } from '../../domain/customer.ts';
import { type FieldValues, fieldKeys } from '../../domain/field.ts';
import type { Explained } from '../../run/explain.ts';
import { indent, table } from './table.ts';

/** Why a customer has its score, and what the CRM holds of it. */
export function renderExplained({ customer, held, explanation }: Explained): string {
  const lines = explanation?.lines.join('\n') ?? 'Not scored yet: run `assay score`.';
  return `${customerLine(customer)}\n${indent(lines)}\n${indent(heldLines(held))}`;
}

function customerLine({ id, externalId, name, email, country }: Customer): string {
  const known = [externalId, name, email, country].filter((text) => text !== null && text !== id);
  return [`Customer ${id}`, ...known].join(', ');
}

function heldLines(held: FieldValues): string {
  const rows = fieldKeys
    .filter((key) => key !== 'reason' && (held[key] ?? null) !== null)
    .map((key) => [key, held[key] ?? '']);
  if (rows.length === 0) return 'The CRM holds nothing of it yet';
  return `In the CRM\n${indent(table(rows, ['left', 'left']))}`;
}
