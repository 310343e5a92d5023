import { CallError } from '../../src/connector/http/call-error.ts';
import type { Change, Receipt } from '../../src/domain/change.ts';
import type { Session } from './session.ts';
import { wireRecord } from './wire.ts';

/** A receipt that says why not, in words for a person. */
export function rejected({ seq }: Change, code: string, message: string): Receipt {
  return { seq, outcome: 'rejected', code, message };
}

/** Why a record cannot be written: asked alone, the id of a merged one leads to what it became. */
export async function goneReceipt(
  { client, paths, customers }: Session,
  change: Change,
  signal: AbortSignal,
): Promise<Receipt> {
  const id = change.customerId;
  const gone = rejected(
    change,
    'RECORD_GONE',
    `Record ${id} was archived or deleted in HubSpot; the next pull forgets it`,
  );
  try {
    const record = await client.send(
      {
        method: 'GET',
        path: paths.record(customers.type, id),
        answer: wireRecord,
        effect: 'read',
      },
      signal,
    );
    if (record.id === id) return gone;
    return rejected(
      change,
      'RECORD_MERGED',
      `Record ${id} was merged into ${record.id}; the next run scores that one`,
    );
  } catch (error) {
    if (error instanceof CallError && error.code === 'NOT_FOUND') return gone;
    throw error;
  }
}
