import type { WireResult } from './wire.ts';

/**
 * One answer for each row sent, `null` where none can be told. Answers are positional (facts §5.1);
 * where their number is another, only an id in them says whose they are.
 */
export function answersInOrder(
  ids: readonly string[],
  answers: readonly WireResult[],
): readonly (WireResult | null)[] {
  if (answers.length === ids.length) return answers;
  const byId = new Map(answers.map((answer) => [textIn(answer, 'id'), answer]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** Codes that park a record: locked, or waiting for a person (facts §5.6, §8). */
const parked = {
  RECORD_LOCKED: 'the record is locked',
  BLOCKED_RECORD: 'the record is locked',
  NOT_APPROVED: 'the record waits for approval',
  NOT_REVIEWED: 'the record waits for review',
  RECORD_IN_BLUEPRINT: 'the record is in a blueprint that does not let it be edited',
} as const;

/** What a refusal of one record means. */
export type Refusal =
  | { readonly kind: 'gone' }
  | { readonly kind: 'parked'; readonly code: ParkedCode; readonly message: string }
  | { readonly kind: 'refused'; readonly message: string }
  /** A fault in passing: nothing is known of the record. */
  | { readonly kind: 'unknown' };

export type ParkedCode = 'RECORD_LOCKED' | 'NOT_APPROVED' | 'NOT_REVIEWED' | 'RECORD_IN_BLUEPRINT';

/** What `code` about `field` says of a record that was not written. */
export function refusalOf(code: string, field: string | null, message: string): Refusal {
  if (isParked(code)) return { kind: 'parked', code: parkedCode(code), message: parked[code] };
  if (code === 'RESOURCE_NOT_FOUND' || code === 'RECORD_NOT_FOUND') return { kind: 'gone' };
  if (code === 'INVALID_DATA' && field === 'id') return { kind: 'gone' };
  if (code === 'INTERNAL_ERROR' || code === 'CANNOT_PROCESS') return { kind: 'unknown' };
  // A bad id may be all that is meant: the record is looked at.
  if (code === 'INVALID_DATA' && field === null) return { kind: 'unknown' };
  const about = field === null ? '' : ` (${field})`;
  return { kind: 'refused', message: `${code}${about}${message === '' ? '' : `: ${message}`}` };
}

/** The field that a row's answer names, by api name or at the end of its path. */
export function fieldOf(answer: WireResult): string | null {
  return textIn(answer, 'api_name') ?? textIn(answer, 'json_path')?.split('.').at(-1) ?? null;
}

/** A text among the answer's details. */
export function textIn({ details }: WireResult, name: string): string | null {
  const value = details[name];
  return typeof value === 'string' ? value : null;
}

function isParked(code: string): code is keyof typeof parked {
  return code in parked;
}

function parkedCode(code: keyof typeof parked): ParkedCode {
  return code === 'BLOCKED_RECORD' ? 'RECORD_LOCKED' : code;
}
