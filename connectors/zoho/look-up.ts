import type { Receipt } from '../../src/domain/change.ts';
import { readInstant } from './instant.ts';
import { markedSince } from './marked-rows.ts';
import { readRows } from './read-rows.ts';
import { goneReceipt } from './rejections.ts';
import type { Row, RowOutcome } from './rows.ts';
import { sameValues } from './same-values.ts';
import type { WireRecord } from './wire.ts';
import type { Witness } from './witness.ts';

/** Above this, the run's marker finds what was written for fewer credits than the ids do. */
const fewIds = 2_000;

/** Reads rows back, the cheaper way: who shows the values was written; the rest stays open. */
export async function lookUp(
  witness: Witness,
  rows: readonly Row[],
): Promise<readonly RowOutcome[]> {
  if (rows.length === 0) return [];
  if (rows.length > fewIds && witness.own.marker !== null) return await byMarker(witness, rows);
  return await byId(witness, rows);
}

/** Each by its id: only so is it seen that one is gone. */
export async function byId(
  { session, own, signal }: Witness,
  rows: readonly Row[],
): Promise<readonly RowOutcome[]> {
  const names = new Set(rows.flatMap(({ values }) => Object.keys(values)));
  const ids = rows.map(({ id }) => id);
  const found = await readRows(session, ids, [...names, 'Modified_Time'], signal);
  return rows.map((row) => {
    const record = found.get(row.id);
    if (record === undefined) return { row, receipt: goneReceipt(row.change) };
    return { row, receipt: sameValues(own, row, record) ? seen(row, record) : null };
  });
}

async function byMarker(witness: Witness, rows: readonly Row[]): Promise<readonly RowOutcome[]> {
  const byIds = new Map(rows.map((row) => [row.id, row]));
  const outcomes = new Map<Row, RowOutcome>();
  for await (const records of markedSince(witness, rows)) {
    for (const record of records) {
      const row = byIds.get(record.id);
      if (row !== undefined && sameValues(witness.own, row, record))
        outcomes.set(row, { row, receipt: seen(row, record) });
    }
    if (outcomes.size === rows.length) break;
  }
  return rows.map((row) => outcomes.get(row) ?? { row, receipt: null });
}

/**
 * An answer of PUT repeats no values, so a success proves little (BEHAVIOR 43). The records
 * that carry the run's marker are read at up to 2,000 a call: 3 credits where writing cost 200. A
 * claim that they do not bear out is open again.
 */
export async function prove(
  witness: Witness,
  outcomes: readonly RowOutcome[],
): Promise<readonly RowOutcome[]> {
  const claimed = outcomes.flatMap(({ row, receipt }) =>
    receipt?.outcome === 'applied' ? [row] : [],
  );
  if (claimed.length === 0) return outcomes;
  const isMarked = witness.own.marker !== null;
  const shown = isMarked ? await byMarker(witness, claimed) : await byId(witness, claimed);
  const proofs = new Map(shown.map(({ row, receipt }) => [row, receipt]));
  return outcomes.map((outcome) => proven(outcome, proofs.get(outcome.row)));
}

/** The time of the answer goes before the record's: somebody may have changed it since. */
function proven({ row, receipt }: RowOutcome, proof: Receipt | null | undefined): RowOutcome {
  if (proof === undefined) return { row, receipt };
  const isTimed = receipt?.outcome === 'applied' && receipt.modifiedAt !== null;
  return { row, receipt: proof?.outcome === 'applied' && isTimed ? receipt : proof };
}

function seen({ change }: Row, record: WireRecord) {
  const modifiedAt = readInstant(String(record['Modified_Time']));
  return { seq: change.seq, outcome: 'applied', modifiedAt } as const;
}
