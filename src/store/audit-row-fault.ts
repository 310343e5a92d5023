import type { AuditFault, AuditHead } from '../domain/audit.ts';
import { commitmentOf, hashOf } from './audit-hash.ts';
import type { StoredAuditRow } from './audit-store.ts';

/** Something wrong, and a sentence that says what was found. */
export type Found = { readonly fault: AuditFault; readonly found: string };

/** Whether a row follows the one before it and is what was written; `null`: it is. */
export function rowFault(
  before: Omit<AuditHead, 'chain'>,
  row: StoredAuditRow,
  erased: ReadonlySet<number>,
): Found | null {
  const expected = before.position + 1;
  if (row.position !== expected)
    return {
      fault: 'missing',
      found: `After row ${before.position} comes ${row.position}: what was between them is gone.`,
    };
  if (hashOf(before.hash, row) !== row.hash)
    return {
      fault: 'changed',
      found: 'Its hash fits neither its content nor the row before it: one of them was changed.',
    };
  return detailFault(row, erased);
}

function detailFault(row: StoredAuditRow, erased: ReadonlySet<number>): Found | null {
  const { commitment, customers, detail, salt, position } = row;
  const isWhole = customers !== null && detail !== null && salt !== null;
  if (isWhole && commitmentOf({ customers, detail, salt }) === commitment) return null;
  const isGone = customers === null && detail === null && salt === null;
  if (isGone && (commitment === '' || erased.has(position))) return null;
  if (isGone)
    return {
      fault: 'detail-missing',
      found: 'Its detail was taken out, and no row says that a customer was erased.',
    };
  return { fault: 'detail-changed', found: 'Its detail is not the one that was written.' };
}

/** Whether the head is that of the last row there is. */
export function headFault(
  head: Omit<AuditHead, 'chain'> | null,
  last: Omit<AuditHead, 'chain'>,
): Found | null {
  if (head === null && last.position === 0) return null;
  if (head === null) return { fault: 'head', found: 'The chain has rows and no head.' };
  if (head.position > last.position)
    return {
      fault: 'missing',
      found: `The last row is ${last.position}, and ${head.position} were written: the end is gone.`,
    };
  if (head.position < last.position)
    return { fault: 'head', found: `Rows behind ${head.position} were not written by Assay.` };
  if (head.hash !== last.hash)
    return { fault: 'head', found: 'The head is not the hash of the last row.' };
  return null;
}

/** Whether the chain still has the row that was noted as its head earlier. */
export function notedFault(
  noted: readonly AuditHead[],
  row: Omit<AuditHead, 'chain'>,
): Found | null {
  const other = noted.find(({ position, hash }) => position === row.position && hash !== row.hash);
  if (other === undefined) return null;
  return {
    fault: 'cut',
    found: `Row ${other.position} is another than the one that was noted: the log was written anew.`,
  };
}

/** Whether the chain is shorter than it was. */
export function cutFault(noted: readonly AuditHead[], last: number): Found | null {
  const beyond = noted.find(({ position }) => position > last);
  if (beyond === undefined) return null;
  return {
    fault: 'cut',
    found: `Row ${beyond.position} was noted as its head, and the last row is ${last}: the end is gone.`,
  };
}
