import type { DataType, FieldDefinition } from './field.ts';
import { referencedId } from './id-input.ts';
import { parseInstant } from './instant.ts';
import { isModuleName } from './module-names.ts';
import type { Org } from './org.ts';
import type { StoredValue } from './record.ts';

/** A value as it is stored, or what INVALID_DATA says of it. */
export type CheckedValue =
  | { readonly ok: true; readonly value: StoredValue }
  | {
      readonly ok: false;
      readonly details: Readonly<Record<string, unknown>>;
      readonly message?: string;
    };

type Check = (org: Org, field: FieldDefinition, value: unknown) => CheckedValue;

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOST_INTEGER = 999_999_999;

/** Checks one value against the type of its field (facts §8, INVALID_DATA). `null` empties any. */
export function checkValue(org: Org, field: FieldDefinition, value: unknown): CheckedValue {
  if (value === null || value === '') return stored(null);
  return checks[field.dataType](org, field, value);
}

const text: Check = (_org, { length }, value) => {
  if (typeof value !== 'string') return expected('text');
  if (value.length > length) return refused({ maximum_length: length });
  return stored(value);
};

const number: Check = (_org, _field, value) =>
  typeof value === 'number' && Number.isFinite(value) ? stored(value) : expected('double');

const integer: Check = (_org, _field, value) =>
  typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= MOST_INTEGER
    ? stored(value)
    : expected('integer');

const bigInteger: Check = (_org, _field, value) => {
  if (typeof value === 'string' && /^-?\d{1,18}$/.test(value)) return stored(value);
  return typeof value === 'number' && Number.isInteger(value)
    ? stored(String(value))
    : expected('bigint');
};

const yesOrNo: Check = (_org, _field, value) =>
  typeof value === 'boolean' ? stored(value) : expected('boolean');

const day: Check = (_org, _field, value) => {
  if (typeof value !== 'string' || !DAY.test(value)) return expected('date');
  const at = new Date(`${value}T00:00:00Z`);
  const isReal = !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value);
  return isReal ? stored(value) : expected('date');
};

const instant: Check = (_org, _field, value) => {
  const ms = typeof value === 'string' ? parseInstant(value) : undefined;
  return ms === undefined ? expected('datetime') : stored(Math.floor(ms / 1_000) * 1_000);
};

const email: Check = (org, field, value) =>
  typeof value === 'string' && EMAIL.test(value) ? text(org, field, value) : expected('email');

const choice: Check = (org, field, value) => {
  if (typeof value !== 'string') return expected('text');
  return isKnownChoice(org, field, value) ? stored(value) : unsupported(field);
};

const choices: Check = (org, field, value) => {
  if (!isTexts(value)) return expected('jsonarray');
  const isKnown = value.every((each) => isKnownChoice(org, field, each));
  return isKnown ? stored([...new Set(value)]) : unsupported(field);
};

const lookup: Check = (org, field, value) => {
  const id = referencedId(value);
  if (id === undefined) return expected('jsonobject');
  const { lookup: module } = field;
  const target = module !== null && isModuleName(module) ? org.records[module].get(id) : undefined;
  return target === undefined ? unknownId() : stored(id);
};

const owner: Check = (org, _field, value) => {
  const id = referencedId(value);
  if (id === undefined) return expected('jsonobject');
  return org.users.byId(id) === undefined ? unknownId() : stored(id);
};

const checks: Readonly<Record<DataType, Check>> = {
  ...{ text, textarea: text, phone: text, website: text, profileimage: text },
  ...{ autonumber: text, formula: text, email, picklist: choice, multiselectpicklist: choices },
  ...{ boolean: yesOrNo, integer, bigint: bigInteger, double: number, currency: number },
  ...{ percent: number, date: day, datetime: instant, lookup, ownerlookup: owner },
  userlookup: owner,
};

function isKnownChoice({ options }: Org, { pickList }: FieldDefinition, value: string): boolean {
  if (options.unknownPickListValue === 'store') return true;
  return pickList.some(({ actualValue }) => actualValue === value);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function stored(value: StoredValue): CheckedValue {
  return { ok: true, value };
}

function refused(details: Readonly<Record<string, unknown>>): CheckedValue {
  return { ok: false, details };
}

function expected(type: string): CheckedValue {
  return refused({ expected_data_type: type });
}

function unsupported({ pickList }: FieldDefinition): CheckedValue {
  return refused({ supported_values: pickList.map(({ actualValue }) => actualValue) });
}

function unknownId(): CheckedValue {
  return { ok: false, details: {}, message: 'the id given seems to be invalid' };
}
