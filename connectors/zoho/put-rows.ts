import { halve } from '../../src/connector/halve.ts';
import { CallError } from '../../src/connector/http/call-error.ts';
import type { Receipt } from '../../src/domain/change.ts';
import { parseMoment, toInstant } from './instant.ts';
import { quiet } from './quiet.ts';
import { refusalReceipt } from './rejections.ts';
import { answersInOrder, fieldOf, refusalOf, textIn } from './row-answers.ts';
import type { Row, RowOutcome } from './rows.ts';
import type { Session } from './session.ts';
import { resultsOfData, type WireResult } from './wire.ts';
import { putCredits } from './write-costs.ts';

/** Calls of more records than this share the pool of complex ones (facts §8). */
const plainRows = 10;
/** A record that was written cannot have been modified longer ago than this before we sent it. */
const staleMs = 60_000;

/** PUT by id, a hundred rows at most; in halves when it is refused whole. */
export async function putRows(
  session: Session,
  rows: readonly Row[],
  signal: AbortSignal,
): Promise<readonly RowOutcome[]> {
  return await halve<Row, RowOutcome>(rows, {
    send: async (some) => await send(session, some, signal),
    isRefusal: (error) => error instanceof CallError && error.disposition === 'reject',
    refused: async (some, error) => {
      const message = error instanceof Error ? error.message : '';
      const refusal = { kind: 'refused', message } as const;
      return some.map((row) => ({ row, receipt: refusalReceipt(row.change, refusal) }));
    },
  });
}

async function send(
  { client, module, serverClock }: Session,
  rows: readonly Row[],
  signal: AbortSignal,
): Promise<readonly RowOutcome[]> {
  const sentAt = serverClock.now();
  const { data } = await client.send(
    {
      method: 'PUT',
      path: `/crm/v8/${module}`,
      body: { data: rows.map(({ id, values }) => ({ id, ...values })), ...quiet },
      answer: resultsOfData,
      effect: 'write',
      credits: putCredits(rows.length),
      pool: rows.length > plainRows ? 'complex' : 'plain',
      perRecord: true,
    },
    signal,
  );
  const answers = answersInOrder(
    rows.map(({ id }) => id),
    data,
  );
  return rows.map((row, at) => ({ row, receipt: receiptOf(row, answers[at] ?? null, sentAt) }));
}

/** What an answer claims of a row; a success that did not touch the record claims nothing. */
export function receiptOf(
  { change, id }: Row,
  answer: WireResult | null,
  sentAt: number,
): Receipt | null {
  if (answer === null) return null;
  if (answer.code !== 'SUCCESS')
    return refusalReceipt(change, refusalOf(answer.code, fieldOf(answer), answer.message));
  if ((textIn(answer, 'id') ?? id) !== id) return null;
  const modified = parseMoment(textIn(answer, 'Modified_Time'));
  if (modified !== null && modified < sentAt - staleMs) return null;
  // A mass update does not say when: whoever proves it will.
  const modifiedAt = modified === null ? null : toInstant(modified);
  return { seq: change.seq, outcome: 'applied', modifiedAt };
}
