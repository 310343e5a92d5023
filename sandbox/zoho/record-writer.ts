import { ZohoError } from './errors.ts';
import type { ModuleName } from './module-names.ts';
import type { Org } from './org.ts';
import type { StoredRecord, StoredValues } from './record.ts';
import { parseRecordInput, type RecordInput } from './record-input.ts';
import { RecordPlace } from './record-place.ts';
import { checkUnique } from './unique-check.ts';

/** Who writes, and when. */
export interface WriteContext {
  /** Id of the user. */
  readonly userId: string;
  /** Epoch milliseconds, whole seconds. */
  readonly at: number;
  /** Place in `data[]`, for `json_path` in errors. Default 0. */
  readonly index?: number;
}

/** What became of one record. */
export type WriteOutcome =
  | { readonly ok: true; readonly record: StoredRecord }
  | { readonly ok: false; readonly error: ZohoError };

/** Adds a record after checking types, lengths, lists, lookups, uniqueness and mandatory fields. */
export function createRecord(
  org: Org,
  module: ModuleName,
  input: RecordInput,
  context: WriteContext,
): WriteOutcome {
  return outcomeOf(() => {
    const at = new RecordPlace(context.index);
    const { values, tags = [] } = parseRecordInput(org, module, input, at);
    const missing = org.schema
      .fields(module)
      .find(({ isMandatory, apiName }) => isMandatory && (values[apiName] ?? null) === null);
    if (missing !== undefined) throw at.missing(missing.apiName);
    checkUnique(org, module, values, null, at);
    const record = newRecord(org, withRate(org, module, values, {}), tags, context);
    org.records[module].add(record);
    return record;
  });
}

/** Changes the fields that the input names. `null` empties one; a field left out stays. */
export function updateRecord(
  org: Org,
  module: ModuleName,
  id: string,
  input: RecordInput,
  context: WriteContext,
): WriteOutcome {
  return outcomeOf(() => {
    const at = new RecordPlace(context.index);
    const record = writableRecord(org, module, id, at);
    const { values, tags } = parseRecordInput(org, module, input, at);
    checkUnique(org, module, values, id, at);
    const changed = org.records[module].change(id, {
      values: withRate(org, module, values, record.values),
      modifiedAt: context.at,
      modifiedBy: context.userId,
      ...(tags === undefined ? {} : { tags }),
    });
    if (changed === undefined) throw at.unknownId();
    return changed;
  });
}

/** To the recycle bin. The modified time stays as it was. */
export function deleteRecord(
  org: Org,
  module: ModuleName,
  id: string,
  context: WriteContext,
): WriteOutcome {
  return outcomeOf(() => {
    const at = new RecordPlace(context.index);
    const record = writableRecord(org, module, id, at);
    const { at: deletedAt, userId: deletedBy } = context;
    org.records[module].delete(id, { type: 'recycle', deletedAt, deletedBy });
    return record;
  });
}

/** The live record, unless it is locked, or waits for somebody's approval or review (facts §5.6). */
export function writableRecord(
  org: Org,
  module: ModuleName,
  id: string,
  at: RecordPlace,
): StoredRecord {
  const record = org.records[module].get(id);
  if (record === undefined) throw at.unknownId();
  const { code, message, action } = refusals[record.state];
  if (code === '') return record;
  throw new ZohoError(400, code, message, {
    ...at.of('id'),
    ...{ id },
    ...(action === undefined ? {} : { action }),
  });
}

interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly action?: string;
}

const refusals: Readonly<Record<StoredRecord['state'], Refusal>> = {
  open: { code: '', message: '' },
  locked: {
    ...{ code: 'RECORD_LOCKED', message: 'record is locked', action: 'record_locking' },
  },
  approval: { code: 'NOT_APPROVED', message: 'record is not approved' },
  review: { code: 'NOT_REVIEWED', message: 'record is not reviewed' },
};

function newRecord(
  org: Org,
  values: StoredValues,
  tags: readonly string[],
  { userId, at }: WriteContext,
): StoredRecord {
  return {
    ...{ id: org.ids.take(), values, tags, state: 'open' },
    ...{ createdAt: at, modifiedAt: at, createdBy: userId, modifiedBy: userId },
  };
}

/** Where the org has several currencies, a record is saved with the rate of that moment (facts §9). */
function withRate(
  org: Org,
  module: ModuleName,
  values: StoredValues,
  before: StoredValues,
): StoredValues {
  const isMoney = org.schema.field(module, 'Exchange_Rate') !== undefined;
  const iso = values['Currency'] ?? before['Currency'] ?? org.currencies.home.iso;
  const isSettled = typeof values['Exchange_Rate'] === 'number' || iso === before['Currency'];
  if (!isMoney || isSettled) return values;
  const rate = org.currencies.rateAt(String(iso)) ?? null;
  return { ...values, Currency: iso, Exchange_Rate: rate };
}

function outcomeOf(write: () => StoredRecord): WriteOutcome {
  try {
    return { ok: true, record: write() };
  } catch (error) {
    if (error instanceof ZohoError) return { ok: false, error };
    throw error;
  }
}
