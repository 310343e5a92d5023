import type { Change, FieldChange } from '../../domain/change.ts';
import { counted } from './figures.ts';
import { indent, table } from './table.ts';

/** A change with the seller's own number of its customer. */
export type ShownChange = Change & { readonly externalId: string | null };

/** Changes one field a line, a page behind another; `total` being all there are. */
export async function* renderChanges(
  pages: AsyncIterable<readonly ShownChange[]>,
  total: number,
): AsyncGenerator<string> {
  let shown = 0;
  for await (const page of pages) {
    if (page.length === 0) continue;
    if (shown === 0) yield '\nChanges, in the order of writing\n';
    yield `${indent(table(page.flatMap(rowsOf), ['left', 'left', 'left']))}\n`;
    shown += page.length;
  }
  if (shown > 0 && total > shown)
    yield `  and ${counted(total - shown, 'change')} more; --changes <n> shows more\n`;
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
