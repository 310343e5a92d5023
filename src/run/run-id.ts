import { randomBytes } from 'node:crypto';
import type { RunId } from '../domain/ids.ts';

/** Sorts by start; lower-case letters and digits, since it also marks our writes in the CRM. */
export function newRunId(now: number): RunId {
  const stamp = new Date(now).toISOString().replace(/\D/g, '').slice(0, 14);
  return `r${stamp}${randomBytes(4).toString('hex')}`;
}
