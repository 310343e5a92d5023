import { halve } from '../../src/connector/halve.ts';
import { CallError } from '../../src/connector/http/call-error.ts';
import { mapInParallel } from '../../src/connector/map-in-parallel.ts';
import { once } from '../../src/connector/once.ts';
import type { Change, Receipt } from '../../src/domain/change.ts';
import { confirm, sentProperties, type Verdict } from './confirm.ts';
import { diagnose } from './field-fault.ts';
import { readProperties } from './property-calls.ts';
import { batchSize, readBatch } from './read-batch.ts';
import { goneReceipt, rejected } from './rejections.ts';
import type { Session } from './session.ts';
import { batchAnswer } from './wire.ts';

/** Calls about single records on their way at once. */
const width = 8;

type Batch = {
  readonly session: Session;
  readonly marker: string;
  readonly signal: AbortSignal;
  /** Throws when the fault is a field's, and so everybody's. */
  readonly checkFields: (change: Change) => Promise<void>;
};

/** `null`: neither shown as written nor refused. */
type Outcome = { readonly change: Change; readonly receipt: Receipt | null };

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
  const definitions = once((within) => readProperties(session, within));
  const batch: Batch = {
    ...{ session, marker, signal },
    checkFields: async (change) => {
      const fault = diagnose(session.own, change, await definitions(signal));
      if (fault !== null) throw fault;
    },
  };
  const first = await write(batch, changes);
  const all = [...first, ...(await settle(batch, open(first)))];
  const bySeq = new Map(
    all.flatMap(({ receipt }) => receipt ?? []).map((each) => [each.seq, each]),
  );
  return changes.map((change) => bySeq.get(change.seq) ?? notConfirmed(change));
}

function open(outcomes: readonly Outcome[]): readonly Change[] {
  return outcomes.filter(({ receipt }) => receipt === null).map(({ change }) => change);
}

/** Sends the changes, in halves when they are refused whole. */
async function write(batch: Batch, changes: readonly Change[]): Promise<readonly Outcome[]> {
  return await halve<Change, Outcome>(changes, {
    send: async (some) => await sendOrPark(batch, some),
    isRefusal: (error) => error instanceof CallError && error.disposition === 'reject',
    refused: async ([change], error) => {
      if (change === undefined || !(error instanceof CallError)) throw error;
      const refused: Verdict = { kind: 'refused', message: error.message };
      const verdict: Verdict = error.code === 'NOT_FOUND' ? { kind: 'gone' } : refused;
      return [await outcomeOf(batch, change, verdict)];
    },
  });
}

/**
 * A lock that outlasts our waiting stands in the way of its batch, not of those behind it: its
 * changes get a receipt that says so, and the next run tries them again.
 */
async function sendOrPark(batch: Batch, changes: readonly Change[]): Promise<readonly Outcome[]> {
  try {
    return await send(batch, changes);
  } catch (error) {
    if (!(error instanceof CallError) || error.code !== 'RECORD_LOCKED') throw error;
    const { message } = error;
    return changes.map((change) => {
      return { change, receipt: rejected(change, 'RECORD_LOCKED', message) };
    });
  }
}

async function send(batch: Batch, changes: readonly Change[]): Promise<readonly Outcome[]> {
  const { client, paths, customers, own } = batch.session;
  const inputs = changes.map((change) => ({
    id: change.customerId,
    properties: sentProperties(own, change, batch.marker),
    // With one of its own each input answers for itself in a 207 (BEHAVIOR 22).
    objectWriteTraceId: change.customerId,
  }));
  const answer = await client.send(
    {
      method: 'POST',
      path: paths.batch(customers.type, 'update'),
      body: { inputs },
      answer: batchAnswer,
      effect: 'write',
    },
    batch.signal,
  );
  return await mapInParallel(changes, width, async (change) => {
    return await outcomeOf(batch, change, confirm(own, change, answer));
  });
}

async function outcomeOf(batch: Batch, change: Change, verdict: Verdict): Promise<Outcome> {
  switch (verdict.kind) {
    case 'settled':
      return { change, receipt: verdict.receipt };
    case 'gone':
      return { change, receipt: await goneReceipt(batch.session, change, batch.signal) };
    case 'refused':
      await batch.checkFields(change);
      return { change, receipt: rejected(change, 'RECORD_REFUSED', verdict.message) };
    default:
      return { change, receipt: null };
  }
}

/** Changes in doubt: looked at, sent once more where they are not there, looked at again. */
async function settle(batch: Batch, changes: readonly Change[]): Promise<readonly Outcome[]> {
  if (changes.length === 0) return [];
  const seen = await look(batch, changes);
  const missing = open(seen);
  // A value that is stored as another one is what a retyped field looks like.
  for (const change of missing) await batch.checkFields(change);
  const again = await write(batch, missing);
  return [...seen, ...again, ...(await look(batch, open(again)))];
}

async function look(batch: Batch, changes: readonly Change[]): Promise<readonly Outcome[]> {
  const { customers, own } = batch.session;
  const ids = changes.map(({ customerId }) => customerId);
  const results = await readBatch(batch.session, customers, ids, own.names, batch.signal);
  const found = new Set(results.map(({ id }) => id));
  return await mapInParallel(changes, width, async (change) => {
    const isGone = !found.has(change.customerId);
    const verdict: Verdict = isGone ? { kind: 'gone' } : confirm(own, change, { results });
    return await outcomeOf(batch, change, verdict);
  });
}

function notConfirmed(change: Change): Receipt {
  return rejected(
    change,
    'WRITE_NOT_CONFIRMED',
    'HubSpot answered that it was written, twice, but the record does not show it; a workflow may set the field back',
  );
}
