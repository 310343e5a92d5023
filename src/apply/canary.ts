import { AssayError } from '../domain/assay-error.ts';
import type { Change, FieldChange } from '../domain/change.ts';
import type { FieldValue, FieldValues } from '../domain/field.ts';
import type { RecordId } from '../domain/ids.ts';
import { chunk } from '../lib/chunk.ts';
import { step } from '../lib/step.ts';
import { ensureGoing } from '../store/stop-store.ts';
import { applyOneBatch } from './apply-changes.ts';
import type { ApplyTarget } from './apply-target.ts';

/** A plan of fewer times its canary is written at once. */
const worthIt = 5;

/** Until the next look, when another plan is writing to all of the first customers. */
const blockedMs = 250;

/**
 * Writes the first changes of a large plan, reads them back and compares, before anything else is
 * written. After a crash in between it is compared all the same; once more than the first are done, it
 * was passed.
 * @throws AssayError `CANARY_DIFFERS`; the plan is held then.
 */
export async function writeCanary(target: ApplyTarget): Promise<void> {
  const { store, planId, canary: { first, actor } = noCanary } = target;
  const { open, applied, unchanged, rejected } = await store.plans.receiptCounts(planId);
  const done = applied + unchanged + rejected;
  if (first === 0 || done > first || done + open < worthIt * first) return;
  if (done < first) await writeFirst(target, first - done);
  const found = await compareFirst(target, first);
  step('apply.canary-compared');
  if (found === null) return;
  const at = new Date(target.clock.now()).toISOString();
  await store.plans.hold(planId, [{ by: 'canary', because: found.because }], { actor, at });
  target.log.warn(
    { connection: target.connection, plan: planId, ...found.counts },
    'canary.differs',
  );
  throw canaryDiffers(planId, found.counts);
}

const noCanary = { first: 0, actor: '' };

/** By the route for so few: a bulk job for them would be a second job. */
async function writeFirst(target: ApplyTarget, count: number): Promise<void> {
  const { batch } = target.connector.writeRoute(count);
  for (const changes of chunk(await markFirst(target, count), batch)) {
    await ensureGoing(target.store.stops, target.connection, target.planId);
    target.signal.throwIfAborted();
    await applyOneBatch(target, changes, target.signal);
  }
}

async function markFirst(target: ApplyTarget, count: number): Promise<readonly Change[]> {
  const { plans } = target.store;
  for (;;) {
    const select = { state: 'pending', after: null, limit: count } as const;
    const page = await plans.changes(target.planId, select);
    const seqs = page.map(({ seq }) => seq);
    const marked = new Set(await plans.markSending(target.planId, seqs));
    step('apply.marked');
    if (page.length === 0 || marked.size > 0) return page.filter(({ seq }) => marked.has(seq));
    await target.clock.sleep(blockedMs, target.signal);
  }
}

type Counts = { readonly compared: number; readonly differing: number };
type Found = { readonly because: string; readonly counts: Counts };

/** `null`: all that was taken is there. */
async function compareFirst(target: ApplyTarget, first: number): Promise<Found | null> {
  const { plans } = target.store;
  const done = await plans.changes(target.planId, { state: 'done', after: null, limit: first });
  const refusals = await plans.rejections(target.planId, first);
  const refused = new Set(refusals.map(({ customerId }) => customerId));
  const written = done.filter(({ customerId }) => !refused.has(customerId));
  const [refusal] = refusals;
  if (written.length === 0)
    return refusal === undefined ? null : allRefused(refusals.length, refusal);
  const differences = await differencesOf(target, written);
  const [one] = differences;
  if (one === undefined) return null;
  const counts = { compared: written.length, differing: differences.length };
  return { because: becauseOf(one, counts), counts };
}

type Difference = {
  readonly customerId: RecordId;
  readonly field: FieldChange;
  readonly found: FieldValue;
};

/** Whom another plan of ours looked at since is left out: what it wrote is as it should be. */
async function differencesOf(
  { connection, connector, store, planId, signal }: ApplyTarget,
  written: readonly Change[],
): Promise<readonly Difference[]> {
  const ids = written.map(({ customerId }) => customerId);
  const held = await connector.readHeld(ids, signal);
  const differing = written.flatMap((change) => differenceOf(change, held.get(change.customerId)));
  if (differing.length === 0) return [];
  const suspects = differing.map(({ customerId }) => customerId);
  const ours = new Set(await store.plans.comparedSince(connection, planId, suspects));
  return differing.filter(({ customerId }) => !ours.has(customerId));
}

/** Who is gone meanwhile differs in nothing. */
function differenceOf({ customerId, fields }: Change, held: FieldValues | undefined): Difference[] {
  if (held === undefined) return [];
  const field = fields.find(({ key, to }) => (held[key] ?? null) !== to);
  return field === undefined ? [] : [{ customerId, field, found: held[field.key] ?? null }];
}

function becauseOf({ customerId, field, found }: Difference, { compared, differing }: Counts) {
  return `${differing} of the first ${compared} customers do not hold what was written to them: customer ${customerId}, field ${field.key}, wanted ${shown(field.to)}, found ${shown(found)}.`;
}

function allRefused(
  count: number,
  { code, customerId }: { code: string; customerId: string },
): Found {
  const because = `The CRM refused each of the first ${count} changes, that of customer ${customerId} with ${code}.`;
  return { because, counts: { compared: 0, differing: count } };
}

function shown(value: FieldValue): string {
  return value === null ? 'nothing' : `"${value}"`;
}

/** Without a record's id: an error's text goes into logs and reports. */
function canaryDiffers(planId: string, { compared, differing }: Counts): AssayError {
  const what =
    compared === 0
      ? `The CRM refused each of the first ${differing} changes`
      : `${differing} of the first ${compared} customers do not hold what was written to them`;
  return new AssayError(
    'CANARY_DIFFERS',
    'ask',
    `${what}. Nothing else of plan "${planId}" was written.`,
    `\`assay plans ${planId}\` names one of them. Then \`assay approve ${planId} --allow canary --why "…"\`, or reject it.`,
  );
}
