import { CallError } from '../../src/connector/http/call-error.ts';
import { mapInParallel } from '../../src/connector/map-in-parallel.ts';
import type { Change, Receipt } from '../../src/domain/change.ts';
import { chunk } from '../../src/lib/chunk.ts';
import type { BulkAccess } from './bulk-access.ts';
import { bulkWrite } from './bulk-write.ts';
import { checkFields } from './check-fields.ts';
import { idOrder } from './id-order.ts';
import { byId, lookUp, prove } from './look-up.ts';
import { massUpdate } from './mass-update.ts';
import { putRows } from './put-rows.ts';
import { notConfirmed } from './rejections.ts';
import { type Row, type RowOutcome, rowOf } from './rows.ts';
import type { Session } from './session.ts';
import type { Witness } from './witness.ts';
import { rowsPerJob, rowsPerProof, rowsPerPut } from './write-costs.ts';
import { waysOf } from './write-ways.ts';

/** PUTs of one batch on their way at once; the pool of complex calls has ten (facts §8). */
const width = 10;
/** Calls whose rows are proven together: so many rows one query gives (facts §1). */
const provenCalls = rowsPerProof / rowsPerPut;
/** Rows of a job that are read back as a sample: 1 credit. */
const sampleSize = 100;
/** Times a row that does not arrive is sent; jobs that fail are not counted, but are bounded too. */
const sends = 2;
const mostRounds = 5;

type Batch = Witness & { readonly access: BulkAccess };

/**
 * Writes a batch by record id, never creating a record. What is written is absolute values, so it
 * may be sent again whatever became of it; every receipt rests on what Zoho shows.
 */
export async function applyBatch(
  session: Session,
  access: BulkAccess,
  changes: readonly Change[],
  marker: string,
  signal: AbortSignal,
): Promise<readonly Receipt[]> {
  if (changes.length > rowsPerJob) throw new RangeError(`At most ${rowsPerJob} changes a batch`);
  await checkFields(session, changes, signal, false);
  const own = await session.own(signal);
  const since = session.serverClock.now();
  const batch: Batch = { session, access, own, marker, since, signal };
  const receipts = await settle(
    batch,
    changes.map((change) => rowOf(own, change, marker)),
  );
  return changes.map((change) => receipts.get(change.seq) ?? notConfirmed(change));
}

/** Sends rows until each has a receipt, or was sent often enough. */
async function settle(batch: Batch, rows: readonly Row[]): Promise<ReadonlyMap<number, Receipt>> {
  const receipts = new Map<number, Receipt>();
  const { access } = batch;
  let [open, sent] = [rows, 0];
  for (let round = 0; round < mostRounds && sent < sends && open.length > 0; round += 1) {
    const { setbacks } = access;
    open = await sendAndLook(batch, open, receipts);
    if (access.setbacks === setbacks) sent += 1;
    // A value that is stored as another, or not at all, is what a changed field looks like.
    await checkChanges(batch, open);
  }
  return receipts;
}

/** A query that names a field which is not there any more is refused: that is said first. */
async function sendAndLook(
  batch: Batch,
  rows: readonly Row[],
  receipts: Map<number, Receipt>,
): Promise<readonly Row[]> {
  try {
    const left = take(receipts, await write(batch, rows));
    return take(receipts, await lookUp(batch, left));
  } catch (error) {
    if (error instanceof CallError && error.disposition === 'reject')
      await checkChanges(batch, rows);
    throw error;
  }
}

/** Keeps the receipts there are; returns the rows without one. */
function take(receipts: Map<number, Receipt>, outcomes: readonly RowOutcome[]): readonly Row[] {
  for (const { receipt } of outcomes) if (receipt !== null) receipts.set(receipt.seq, receipt);
  return outcomes.filter(({ receipt }) => receipt === null).map(({ row }) => row);
}

async function write(batch: Batch, rows: readonly Row[]): Promise<readonly RowOutcome[]> {
  const { session, access } = batch;
  const { bulkWriteCredits, massUpdateCredits } = session.settings;
  const isBulkOpen = access.closed === null;
  const { jobs, alike, puts } = waysOf(rows, { isBulkOpen, bulkWriteCredits, massUpdateCredits });
  // By id, so that the proof of some begins where that of those before ends; and before the jobs: else
  // what those wrote would be among what is looked through for proof.
  const done = [...(await writeSingly(batch, alike, puts.toSorted(idOrder)))];
  for (const job of jobs) done.push(...(await writeJob(batch, job)));
  const refused = done.filter(({ receipt }) => isRefused(receipt)).map(({ row }) => row);
  await checkChanges(batch, refused);
  return done;
}

function isRefused(receipt: Receipt | null): boolean {
  return receipt?.outcome === 'rejected' && receipt.code === 'RECORD_REFUSED';
}

async function checkChanges({ session, signal }: Batch, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  const changes = rows.map(({ change }) => change);
  await checkFields(session, changes, signal, true);
}

async function writeSingly(
  batch: Batch,
  alike: readonly (readonly Row[])[],
  puts: readonly Row[],
): Promise<readonly RowOutcome[]> {
  const { session, signal } = batch;
  const calls = [
    ...alike.map((rows) => ({ rows, send: massUpdate })),
    ...[...chunk(puts, rowsPerPut)].map((rows) => ({ rows, send: putRows })),
  ];
  const done: RowOutcome[] = [];
  for (const some of chunk(calls, provenCalls)) {
    const since = session.serverClock.now();
    const sent = await mapInParallel(
      some,
      width,
      async ({ rows, send }) => await send(session, rows, signal),
    );
    done.push(...(await prove({ ...batch, since }, sent.flat())));
  }
  return done;
}

/** The file of a job tells of every row; a sample of them is asked whether it tells the truth. */
async function writeJob(batch: Batch, rows: readonly Row[]): Promise<readonly RowOutcome[]> {
  const { session, access, signal } = batch;
  const outcomes = await bulkWrite(session, access, rows, signal);
  const claimed = outcomes.filter(({ receipt }) => receipt?.outcome === 'applied');
  if (claimed.length === 0) return outcomes;
  const step = Math.max(1, Math.floor(claimed.length / sampleSize));
  const sample = claimed.filter((_, at) => at % step === 0).slice(0, sampleSize);
  const shown = await byId(
    batch,
    sample.map(({ row }) => row),
  );
  if (shown.every(({ receipt }) => receipt?.outcome === 'applied')) return outcomes;
  session.log.warn({ rows: claimed.length }, 'bulk.not_written');
  const doubtful = new Set(claimed.map(({ row }) => row));
  return outcomes.map((each) => (doubtful.has(each.row) ? { row: each.row, receipt: null } : each));
}
