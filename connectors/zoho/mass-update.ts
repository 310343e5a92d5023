import { CallError } from '../../src/connector/http/call-error.ts';
import { chunk } from '../../src/lib/chunk.ts';
import { putRows, receiptOf } from './put-rows.ts';
import { quiet } from './quiet.ts';
import { refusalReceipt } from './rejections.ts';
import { answersInOrder } from './row-answers.ts';
import type { Row, RowOutcome } from './rows.ts';
import type { Session } from './session.ts';
import { resultsOfData } from './wire.ts';
import { putCredits, rowsPerMassUpdate, rowsPerPut } from './write-costs.ts';

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

/**
 * One set of values for at most 500 records. Fields that layout rules are tied to are refused here
 * and not by PUT (facts §5.3): who is refused is sent by it.
 */
export async function massUpdate(
  session: Session,
  rows: readonly Row[],
  signal: AbortSignal,
): Promise<readonly RowOutcome[]> {
  const outcomes = await sendOrLeave(session, rows, signal);
  const refused = outcomes.filter(isRefused).map(({ row }) => row);
  if (refused.length === 0) return outcomes;
  session.log.warn({ rows: refused.length }, 'mass_update.refused');
  const kept = outcomes.filter((outcome) => !isRefused(outcome));
  const calls: RowOutcome[] = [];
  for (const some of chunk(refused, rowsPerPut))
    calls.push(...(await putRows(session, some, signal)));
  return [...kept, ...calls];
}

function isRefused({ receipt }: RowOutcome): boolean {
  return receipt?.outcome === 'rejected' && receipt.code === 'RECORD_REFUSED';
}

/** Refused as a whole is as good as refused one by one. */
async function sendOrLeave(
  session: Session,
  rows: readonly Row[],
  signal: AbortSignal,
): Promise<readonly RowOutcome[]> {
  try {
    return await send(session, rows, signal);
  } catch (error) {
    if (!(error instanceof CallError) || error.disposition !== 'reject') throw error;
    const refusal = { kind: 'refused', message: error.message } as const;
    return rows.map((row) => ({ row, receipt: refusalReceipt(row.change, refusal) }));
  }
}

async function send(
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
