import type { Change, Receipt } from '../../src/domain/change.ts';
import type { Refusal } from './row-answers.ts';

/** A receipt that says why not, in words for a person. */
export function rejected({ seq }: Change, code: string, message: string): Receipt {
  return { seq, outcome: 'rejected', code, message };
}

/** Zoho leaves no trace of a merge (facts §9): one that was merged is only gone. */
export function goneReceipt(change: Change): Receipt {
  const id = change.customerId;
  return rejected(
    change,
    'RECORD_GONE',
    `Record ${id} was deleted in Zoho, or merged into another; the next pull sees to it`,
  );
}

export function notConfirmed(change: Change): Receipt {
  return rejected(
    change,
    'WRITE_NOT_CONFIRMED',
    'Zoho answered that it was written, twice, but the record does not show it; a workflow may set the field back',
  );
}

/** `null`: the refusal leaves open what became of the record. */
export function refusalReceipt(change: Change, refusal: Refusal): Receipt | null {
  const next = 'the next run tries it again';
  switch (refusal.kind) {
    case 'gone':
      return goneReceipt(change);
    case 'refused':
      return rejected(change, 'RECORD_REFUSED', refusal.message);
    case 'unknown':
      return null;
    case 'parked':
      return parkedReceipt(change, refusal, next);
  }
}

type Parked = Extract<Refusal, { kind: 'parked' }>;

// Spelled out: every code stands in the sources as it stands in the runbook.
function parkedReceipt(change: Change, { code, message }: Parked, next: string): Receipt {
  const text = `${message}; ${next}`;
  switch (code) {
    case 'RECORD_LOCKED':
      return rejected(change, 'RECORD_LOCKED', text);
    case 'NOT_APPROVED':
      return rejected(change, 'NOT_APPROVED', text);
    case 'NOT_REVIEWED':
      return rejected(change, 'NOT_REVIEWED', text);
    default:
      return rejected(change, 'RECORD_IN_BLUEPRINT', text);
  }
}
