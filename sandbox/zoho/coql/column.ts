import type { FieldDefinition } from '../field.ts';
import type { FieldReader } from '../field-reader.ts';
import { isModuleName, type ModuleName } from '../module-names.ts';
import type { Org } from '../org.ts';
import type { StoredRecord } from '../record.ts';
import { valueReader } from '../record-values.ts';
import { limitExceeded, unknownColumn, unsupportedColumn } from './coql-errors.ts';

/** A name in a query, found: a field of the module, or of the record one of its lookups leads to. */
export interface Column {
  readonly text: string;
  /** Whose field it is. */
  readonly module: ModuleName;
  readonly field: FieldDefinition;
  /** The lookup it goes through. */
  readonly through: string | null;
  /** The record whose field it is; `undefined` when the lookup is empty or leads nowhere. */
  readonly recordOf: (record: StoredRecord) => StoredRecord | undefined;
  readonly read: FieldReader;
}

/** Lookups one query may go through ("two relations", facts §4.2). */
const MAX_RELATIONS = 2;

/** Finds the columns of one query, and counts the lookups it goes through. */
export class Columns {
  readonly #org: Org;
  readonly #module: ModuleName;
  readonly #found = new Map<string, Column>();
  readonly #relations = new Set<string>();

  constructor(org: Org, module: ModuleName) {
    this.#org = org;
    this.#module = module;
  }

  find(text: string): Column {
    const column = this.#found.get(text) ?? this.#resolve(text);
    this.#found.set(text, column);
    return column;
  }

  #resolve(text: string): Column {
    const [first = '', second, ...more] = text.split('.');
    if (more.length > 0) throw unsupportedColumn(text);
    const field = this.#field(this.#module, first, text);
    if (second === undefined) {
      const recordOf = (record: StoredRecord) => record;
      const read = valueReader(this.#org, this.#module, field);
      return { text, module: this.#module, field, through: null, recordOf, read };
    }
    return this.#hop(text, field, second);
  }

  #hop(text: string, lookup: FieldDefinition, apiName: string): Column {
    const module = lookup.lookup;
    if (lookup.dataType !== 'lookup' || module === null || !isModuleName(module))
      throw unsupportedColumn(text);
    this.#relations.add(lookup.apiName);
    if (this.#relations.size > MAX_RELATIONS) throw limitExceeded('join', MAX_RELATIONS);
    const field = this.#field(module, apiName, text);
    const follow = valueReader(this.#org, this.#module, lookup);
    const read = valueReader(this.#org, module, field);
    const store = this.#org.records[module];
    const recordOf = (record: StoredRecord) => store.get(String(follow(record)));
    return {
      ...{ text, module, field, through: lookup.apiName, recordOf },
      read: (record) => {
        const target = recordOf(record);
        return target === undefined ? null : read(target);
      },
    };
  }

  #field(module: ModuleName, apiName: string, text: string): FieldDefinition {
    const field = this.#org.schema.field(module, apiName);
    if (field === undefined || field.isHidden) throw unknownColumn(text);
    return field;
  }
}
