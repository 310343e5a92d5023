import { halve } from '../../src/connector/halve.ts';
import { CallError } from '../../src/connector/http/call-error.ts';
import { mapInParallel } from '../../src/connector/map-in-parallel.ts';
import type { Change, Receipt } from '../../src/domain/change.ts';
import type { FieldValues } from '../../src/domain/field.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import { chunk } from '../../src/lib/chunk.ts';
import { type AnswerFacts, confirm, sentProperties } from './confirm.ts';
import { diagnose } from './field-fault.ts';
import { once } from './once.ts';
import { readProperties } from './property-calls.ts';
import { batchSize, readBatch } from './read-batch.ts';
import { goneReceipt, rejected } from './rejections.ts';
import type { Session } from './session.ts';
import { batchAnswer } from './wire.ts';

/** Batches of `readHeld` on their way at once. */
const width = 8;

/** What an answer says of one change; `doubtful`: neither done nor refused. */
type Outcome =
  | { readonly change: Change; readonly receipt: Receipt }
  | { readonly change: Change; readonly receipt: null };

/**
 * Writes a batch by record id. What is written is absolute values, so a batch may be sent again
 * whatever became of it. Every receipt rests on the record as HubSpot shows it after the write.
 */
export async function applyBatch(
  session: Session,
  changes: readonly Change[],
  marker: string,
  signal: AbortSignal,
): Promise<readonly Receipt[]> {
  if (changes.length > batchSize) throw new RangeError(`At most ${batchSize} changes a batch`);
  const first = await write(session, changes, marker, signal);
  const doubtful = first.filter(({ receipt }) => receipt === null).map(({ change }) => change);
  const second = await settle(session, doubtful, marker, signal);
  const receipts = [...first.flatMap(({ receipt }) => receipt ?? []), ...second];
  const bySeq = new Map(receipts.map((receipt) => [receipt.seq, receipt]));
  return changes.map((change) => bySeq.get(change.seq) ?? notConfirmed(change));
}

/** Sends the batch, in halves when it is refused whole. */
async function write(
  session: Session,
  changes: readonly Change[],
  marker: string,
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  const definitions = once((within) => readProperties(session, within));
  return await halve<Change, Outcome>(changes, {
    send: async (batch) => await send(session, batch, marker, signal),
    isRefusal: (error) => error instanceof CallError && error.disposition === 'reject',
    refused: async ([change], error) => {
      if (change === undefined || !(error instanceof CallError)) throw error;
      const isGone = error.code === 'NOT_FOUND';
      // A field that nobody can write stops the work: it is not this record's fault.
      const fault = isGone ? null : diagnose(session.own, change, await definitions(signal));
      if (fault !== null) throw fault;
      const receipt = isGone
        ? await goneReceipt(session, change, signal)
        : rejected(change, 'RECORD_REFUSED', error.message);
      return [{ change, receipt }];
    },
  });
}

async function send(
  session: Session,
  changes: readonly Change[],
  marker: string,
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  const { client, paths, customers, own } = session;
  const inputs = changes.map((change) => ({
    id: change.customerId,
    properties: sentProperties(own, change, marker),
    // With one of its own each input answers for itself in a 207 (facts §3.1).
    objectWriteTraceId: change.customerId,
  }));
  const answer: AnswerFacts = await client.send(
    {
      method: 'POST',
      path: paths.batch(customers.type, 'update'),
      body: { inputs },
      answer: batchAnswer,
      effect: 'write',
    },
    signal,
  );
  return await mapInParallel(changes, width, async (change) => {
    const verdict = confirm(own, change, answer);
    if (verdict.kind === 'gone')
      return { change, receipt: await goneReceipt(session, change, signal) };
    return { change, receipt: verdict.kind === 'settled' ? verdict.receipt : null };
  });
}

/** Doubtful changes: looked at, sent once more where not there, looked at again. */
async function settle(
  session: Session,
  changes: readonly Change[],
  marker: string,
  signal: AbortSignal,
): Promise<readonly Receipt[]> {
  if (changes.length === 0) return [];
  const seen = await look(session, changes, signal);
  const missing = seen.filter(({ receipt }) => receipt === null).map(({ change }) => change);
  const again = await write(session, missing, marker, signal);
  const last = await look(
    session,
    again.filter(({ receipt }) => receipt === null).map(({ change }) => change),
    signal,
  );
  return [...seen, ...again, ...last].flatMap(({ receipt }) => receipt ?? []);
}

async function look(
  session: Session,
  changes: readonly Change[],
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  const { customers, own } = session;
  const ids = changes.map(({ customerId }) => customerId);
  const results = await readBatch(session, customers, ids, own.names, signal);
  const found = new Set(results.map(({ id }) => id));
  return await mapInParallel(changes, width, async (change) => {
    if (!found.has(change.customerId))
      return { change, receipt: await goneReceipt(session, change, signal) };
    const verdict = confirm(own, change, { results });
    return { change, receipt: verdict.kind === 'settled' ? verdict.receipt : null };
  });
}

function notConfirmed(change: Change): Receipt {
  return rejected(
    change,
    'WRITE_NOT_CONFIRMED',
    'HubSpot answered that it was written, twice, but the record does not show it; a workflow may set the field back',
  );
}

/** Our fields as they stand, of any number of records. */
export async function readHeld(
  session: Session,
  ids: readonly RecordId[],
  signal: AbortSignal,
): Promise<ReadonlyMap<RecordId, FieldValues>> {
  const { customers, own } = session;
  const asked = new Set(ids);
  const batches = await mapInParallel([...chunk(ids, batchSize)], width, async (batch) => {
    return await readBatch(session, customers, batch, own.names, signal);
  });
  const live = batches.flat().filter(({ id }) => asked.has(id));
  return new Map(live.map(({ id, properties }) => [id, own.held(properties)]));
}
