import type { Org } from '../org.ts';
import type { StoredRecord } from '../record.ts';
import { viewer } from '../record-view.ts';
import type { Column, Columns } from './column.ts';
import { columnKey, type SelectColumn } from './query.ts';
import { valueKind } from './value-kind.ts';

export type Row = Readonly<Record<string, unknown>>;

/** How rows are shown. */
export interface RowStyle {
  /** Lookups and users with their names beside their ids. Default false. */
  readonly lookupNames: boolean;
}

/** Shows the chosen columns of a record. */
export class RowView {
  readonly #cells: readonly Cell[];

  constructor(org: Org, columns: Columns, selected: readonly SelectColumn[], style: RowStyle) {
    this.#cells = selected.map((each) => cellOf(org, columns.find(each.field), each, style));
  }

  /** `id` always comes, chosen or not. */
  rowOf(record: StoredRecord): Row {
    return { ...this.shown(record), id: record.id };
  }

  shown(record: StoredRecord): Row {
    const row: Record<string, unknown> = {};
    for (const { key, show } of this.#cells) row[key] = show(record);
    return row;
  }
}

interface Cell {
  readonly key: string;
  readonly show: (record: StoredRecord) => unknown;
}

function cellOf(org: Org, column: Column, selected: SelectColumn, style: RowStyle): Cell {
  const { module, field, recordOf } = column;
  const view = viewer(org, module, [field.apiName]);
  const isBare = valueKind(field) === 'lookup' && !style.lookupNames;
  const show = (record: StoredRecord) => {
    const target = recordOf(record);
    const value = target === undefined ? null : view(target)[field.apiName];
    return isBare ? withoutName(value) : (value ?? null);
  };
  return { key: columnKey(selected), show };
}

function withoutName(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'id' in value ? { id: value.id } : null;
}
