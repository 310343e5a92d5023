import type { Response } from 'express';
import { ZohoError } from './errors.ts';
import { instantText } from './instant.ts';
import type { Org } from './org.ts';
import type { StoredRecord } from './record.ts';
import { type RecordView, shownTimeZone } from './record-view.ts';
import type { WriteOutcome } from './record-writer.ts';

/** What became of one record of a body, and what the answer says of it when all went well. */
export interface Written {
  readonly outcome: WriteOutcome;
  readonly message: string;
  /** Beside `code` and `details`, such as `action` of an upsert. */
  readonly beside?: RecordView;
  /** Default: the record's times and users. */
  readonly details?: RecordView;
}

/** One result a record, in the order of the body: `good` when all went well, 207 mixed (facts §5.1). */
export function answerWritten(
  org: Org,
  res: Response,
  written: readonly Written[],
  good: number,
): void {
  const errors = written.flatMap(({ outcome }) => (outcome.ok ? [] : [outcome.error]));
  const data = written.map(({ outcome, message, beside, details }) =>
    outcome.ok
      ? {
          code: 'SUCCESS',
          details: details ?? timesOf(org, outcome.record),
          ...{ message, status: 'success', ...beside },
        }
      : outcome.error.render(),
  );
  res.status(statusOf(errors, written.length, good)).json({ data });
}

/** Ids of the records that were written. */
export function writtenIds(written: readonly Written[]): readonly string[] {
  return written.flatMap(({ outcome }) => (outcome.ok ? [outcome.record.id] : []));
}

/** 412 for a record that somebody changed after the caller had read it (facts §5.1). */
export function checkUnmodified(org: Org, record: StoredRecord, since: number | undefined): void {
  if (since === undefined || record.modifiedAt <= since) return;
  const message = 'record updated time has already passed if-unmodified-since time';
  throw new ZohoError(412, 'ALREADY_MODIFIED', message, timesOf(org, record));
}

function timesOf(org: Org, record: StoredRecord): RecordView {
  const timeZone = shownTimeZone(org);
  return {
    id: record.id,
    Modified_Time: instantText(record.modifiedAt, timeZone),
    Created_Time: instantText(record.createdAt, timeZone),
    Modified_By: nameAndId(org, record.modifiedBy),
    Created_By: nameAndId(org, record.createdBy),
    $approval_state: 'approved',
  };
}

function nameAndId(org: Org, id: string): RecordView {
  return { name: org.users.byId(id)?.name ?? '', id };
}

function statusOf(errors: readonly ZohoError[], all: number, good: number): number {
  if (errors.length === 0) return good;
  if (errors.length < all) return 207;
  const [first] = errors;
  const isOneKind = errors.every(({ status }) => status === first?.status);
  return isOneKind ? (first?.status ?? 400) : 400;
}
