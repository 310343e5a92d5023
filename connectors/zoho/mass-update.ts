import { chunk } from '../../src/lib/chunk.ts';
import { receiptOf } from './put-rows.ts';
import { quiet } from './quiet.ts';
import { answersInOrder } from './row-answers.ts';
import type { Row, RowOutcome } from './rows.ts';
import type { Session } from './session.ts';
import { resultsOfData } from './wire.ts';
import { putCredits, rowsPerMassUpdate } from './write-costs.ts';

/**
 * Rows that get identical values, in batches that are cheaper by mass update than by PUT. What a
 * mass update costs nobody says (facts §5.3, §14): the setting does, by default as much as 500
 * records by PUT, and then it is never cheaper.
 */
export function massUpdates(
  rows: readonly Row[],
  massUpdateCredits: number,
): readonly (readonly Row[])[] {
  const alike = new Map<string, Row[]>();
  for (const row of rows) {
    const key = JSON.stringify(Object.entries(row.values).toSorted(([a], [b]) => (a < b ? -1 : 1)));
    const same = alike.get(key) ?? [];
    same.push(row);
    alike.set(key, same);
  }
  return [...alike.values()]
    .flatMap((same) => [...chunk(same, rowsPerMassUpdate)])
    .filter((same) => same.length > 1 && massUpdateCredits < putCredits(same.length));
}

/** One set of values for at most 500 records. */
export async function massUpdate(
  { client, module, serverClock, settings }: Session,
  rows: readonly Row[],
  signal: AbortSignal,
): Promise<readonly RowOutcome[]> {
  const sentAt = serverClock.now();
  const ids = rows.map(({ id }) => id);
  const { data } = await client.send(
    {
      method: 'POST',
      path: `/crm/v8/${module}/actions/mass_update`,
      body: { data: [rows[0]?.values ?? {}], ids, ...quiet },
      answer: resultsOfData,
      effect: 'write',
      credits: settings.massUpdateCredits,
      pool: 'plain',
      perRecord: true,
    },
    signal,
  );
  const answers = answersInOrder(ids, data);
  return rows.map((row, at) => ({ row, receipt: receiptOf(row, answers[at] ?? null, sentAt) }));
}
