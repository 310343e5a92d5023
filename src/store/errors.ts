import { AssayError } from '../domain/assay-error.ts';

/** What a driver, the file system or the network reports, as far as we look. */
type Fault = { readonly code: string; readonly message: string };

const full = new Set(['53100', 'ENOSPC', 'EDQUOT']);
const passing = new Set(['40001', '40P01']);
/** Connection lost or refused, server going down or full of clients, rights missing. */
const unavailable =
  /^(08|25P03|28|3D|53|57P|58|XX|E(CONN|HOST|NET|ADDR|PIPE|AI_|TIMEDOUT|ACCES|PERM|ROFS|IO$|NOTDIR|NOTFOUND|EXIST|NOENT|MFILE))/;
/** What pg 8 and pg-pool 3 say of a connection that broke or was not to be had, without any code. */
const uncoded = new Set([
  'Connection terminated',
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'Client has encountered a connection error and is not queryable',
  'Client was closed and is not queryable',
  'timeout exceeded when trying to connect',
  'timeout expired',
]);
const connectionFailure = '08006';
const unreachable = 'Check that the database answers and that DATABASE_URL names it rightly.';

/** The one place that decides what a database error means; ours and unknown ones pass unchanged. */
export function classifyStoreError(error: unknown): unknown {
  if (error instanceof AssayError) return error;
  const fault = toFault(error);
  if (fault === null) return error;
  if (full.has(fault.code)) return storeFull(error);
  if (unavailable.test(fault.code)) return storeUnavailable(fault.message, unreachable, error);
  return error;
}

/** A deadlock or a serialisation failure: the transaction was undone and may be tried again. */
export function isPassing(error: unknown): boolean {
  const fault = toFault(error);
  return fault !== null && passing.has(fault.code);
}

export function storeFull(cause: unknown): AssayError {
  return new AssayError(
    'STORE_FULL',
    'pause-connection',
    'The disk that holds the store is full; what was being written was undone.',
    'Free space on that disk, then run again: it goes on from the last checkpoint.',
    { cause },
  );
}

export function storeUnavailable(what: string, todo: string, cause: unknown): AssayError {
  const message = `The store cannot be used: ${what}`;
  return new AssayError('STORE_UNAVAILABLE', 'pause-connection', message, todo, { cause });
}

export function storeNewer(names: readonly string[]): AssayError {
  return new AssayError(
    'STORE_NEWER',
    'refuse-to-start',
    `The store was made by a newer Assay: this one does not know ${names.join(', ')}.`,
    'Update Assay, or point it at another folder or database.',
  );
}

export function leaseLost(connection: string, holder: string): AssayError {
  return new AssayError(
    'LEASE_LOST',
    'end-at-checkpoint',
    `${holder} no longer holds connection ${connection}: another process took it over.`,
    'Nothing, unless it repeats: then this process is stopped for longer than its lease lasts.',
  );
}

function toFault(error: unknown): Fault | null {
  if (!(error instanceof Error)) return null;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const { message } = error;
  if (code !== '') return { code, message };
  if (uncoded.has(message)) return { code: connectionFailure, message };
  return error.cause === undefined ? null : toFault(error.cause);
}

export function hasCode(error: unknown, code: string): boolean {
  return toFault(error)?.code === code;
}
