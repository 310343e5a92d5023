import type { Change, FieldChange } from '../../domain/change.ts';
import { counted } from './figures.ts';
import { indent, table } from './table.ts';

/** A change with the seller's own number of its customer. */
export type ShownChange = Change & { readonly externalId: string | null };

/** Changes one field a line, `total` being all there are. */
export function renderChanges(changes: readonly ShownChange[], total: number): string {
  if (changes.length === 0) return '';
  const more = total - changes.length;
  const tail = more > 0 ? `\n  and ${counted(more, 'change')} more; --changes <n> shows more` : '';
  return `Changes, in the order of writing\n${indent(table(changes.flatMap(rowsOf), ['left', 'left', 'left']))}${tail}`;
}

function rowsOf(change: ShownChange): readonly (readonly string[])[] {
  const { customerId, externalId, fields } = change;
  const who = externalId === null ? customerId : `${customerId} (${externalId})`;
  return fields.map((field, at) => [at === 0 ? who : '', field.key, step(field)]);
}

function step({ from, to }: FieldChange): string {
  return `${short(from)} → ${short(to)}`;
}

function short(value: string | null): string {
  if (value === null) return 'empty';
  return value.length > 60 ? `${value.slice(0, 59)}…` : value;
}
