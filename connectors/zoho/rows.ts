import type { Change, Receipt } from '../../src/domain/change.ts';
import type { OwnFields } from './own-fields.ts';

/** One record to be written: api names and values as Zoho takes them, the run's marker among them. */
export type Row = {
  readonly change: Change;
  readonly id: string;
  readonly values: Readonly<Record<string, unknown>>;
};

/** What became of a row; `null`: neither shown as written nor refused. */
export type RowOutcome = { readonly row: Row; readonly receipt: Receipt | null };

export function rowOf(own: OwnFields, change: Change, marker: string): Row {
  const values = change.fields.flatMap(({ key, to }) => {
    const name = own.apiName(key);
    return name === null ? [] : [[name, to === null ? null : own.toWire(key, to)] as const];
  });
  const mark = own.marker === null ? {} : { [own.marker]: marker };
  return { change, id: change.customerId, values: { ...Object.fromEntries(values), ...mark } };
}

/** Whether the row empties a field: then nothing may be left out for being empty. */
export function clears({ values }: Row): boolean {
  return Object.values(values).includes(null);
}

/** The names of its fields: rows with the same can go together where empty means empty. */
export function shapeOf({ values }: Row): string {
  return Object.keys(values).toSorted().join(' ');
}
