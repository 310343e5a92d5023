import type { RecordId } from '../domain/ids.ts';
import { type KeptReview, nextReviewOn, type ReviewSnapshot } from '../domain/review.ts';
import type { LocalDay } from '../domain/time.ts';
import type { Policy } from '../policy/schema.ts';
import { policyVersion } from '../policy/version.ts';
import { driftSince } from '../score/review/drift.ts';
import { ReviewBase, tierFamily } from '../score/review/review-base.ts';
import type { ReviewRow } from '../store/review-store.ts';
import type { RunContext } from './context.ts';
import { today } from './overrides.ts';
import { type ReviewDue, reviewDue } from './review-due.ts';
import { TierMoveSums } from './review-moves.ts';
import { reviewProposals } from './review-proposals.ts';
import { dataGaps, reviewedOverrides, sinceReview } from './review-records.ts';
import type { Reviewed, ReviewedClass, ReviewReport } from './review-report.ts';

const pageSize = 2_000;

/** Reads what is stored; makes no call and changes nothing. `null` before anybody was scored. */
export async function reviewConnection(ctx: RunContext): Promise<Reviewed | null> {
  const { connection, store, policy, policyFrom } = ctx;
  const { newestAsOf: asOf } = await store.scores.state(connection);
  if (asOf === null) return null;
  const last = await store.reviews.last(connection);
  const base = new ReviewBase(asOf);
  const sums = new TierMoveSums(policy);
  const completeness = await readBase(ctx, base, sums);
  const cuts = await store.scores.cutPoints(ctx.population.id);
  const day = await today(ctx);
  const version = policyVersion(policy);
  const snapshot: ReviewSnapshot = {
    ...{ asOf, currency: cuts?.currency ?? null, policyVersion: version },
    ...{ customers: base.customers, classes: base.sizes(), bins: base.bins() },
  };
  const found: Omit<ReviewReport, 'proposals'> = {
    ...{ connection, asOf, currency: snapshot.currency, customers: base.customers },
    policy: { version, release: policyFrom.kind === 'release' ? policyFrom.number : null },
    due: await reviewDue(ctx, last, day),
    last: lastOf(last),
    classes: classesOf(snapshot, last, policy),
    moves: last === null ? null : sums.build(),
    drift: last === null ? null : driftSince(last.snapshot, base, tierKeys(policy)),
    gaps: await dataGaps(ctx, completeness),
    overrides: await reviewedOverrides(ctx, await nextAfter(ctx, day)),
    since: await sinceReview(ctx, last?.at ?? null),
  };
  const proposals = reviewProposals(found, cuts?.foundOn ?? null);
  return { report: { ...found, proposals }, snapshot };
}

/** Mean completeness of the records, 0–1. */
async function readBase(
  { connection, store, signal }: RunContext,
  base: ReviewBase,
  moves: { readonly add: (row: ReviewRow) => void },
): Promise<number | null> {
  let complete = 0;
  let after: RecordId | null = null;
  for (;;) {
    signal.throwIfAborted();
    const page: readonly ReviewRow[] = await store.reviews.rows(connection, {
      ...{ after, limit: pageSize },
    });
    for (const row of page) {
      base.add(row);
      moves.add(row);
      complete += row.completeness;
    }
    const end = page.at(-1);
    if (end === undefined) break;
    after = end.customer;
  }
  return base.customers === 0 ? null : complete / (100 * base.customers);
}

/** When the review after one of today is due; without any word on that, in a quarter. */
async function nextAfter(ctx: RunContext, day: LocalDay): Promise<LocalDay> {
  const next = await reviewDue(ctx, { on: day }, day);
  return next.on ?? nextReviewOn('quarterly', day, null);
}

function lastOf(last: KeptReview | null): ReviewReport['last'] {
  if (last === null) return null;
  const { at, by, snapshot } = last;
  const { asOf, customers, policyVersion: version, currency } = snapshot;
  return { at, by, asOf, customers, policyVersion: version, currency };
}

function tierKeys({ tiers }: Policy): readonly string[] {
  return [...tiers.classes.map(({ key }) => key), 'none'];
}

/** In the policy's order; what it knows no more last. */
function byPolicy(policy: Policy, family: string) {
  const found = Object.entries(policy.families).find(([key]) => key === family)?.[1];
  const keys =
    family === tierFamily ? tierKeys(policy) : (found?.classes ?? []).map(({ key }) => String(key));
  const rank = (key: string) => (keys.includes(key) ? keys.indexOf(key) : keys.length);
  return (one: string, other: string) => rank(one) - rank(other);
}

/** Families and classes of both days. */
function classesOf(
  now: ReviewSnapshot,
  last: KeptReview | null,
  policy: Policy,
): readonly ReviewedClass[] {
  const before = last?.snapshot.classes ?? {};
  const families = [...new Set([...Object.keys(now.classes), ...Object.keys(before)])];
  const nobody = { customers: 0, netMinor: 0 };
  return families.flatMap((family) => {
    const [is, was] = [now.classes[family] ?? {}, before[family] ?? {}];
    const keys = [...new Set([...Object.keys(is), ...Object.keys(was)])].toSorted();
    return keys.toSorted(byPolicy(policy, family)).map((key) => ({
      ...{ family, key, ...(is[key] ?? nobody) },
      before: last === null ? null : (was[key] ?? nobody),
    }));
  });
}

/** The review is done: what it found is what the next one compares with. When that is due. */
export async function finishReview(
  ctx: RunContext,
  { snapshot }: Reviewed,
  why: string,
): Promise<ReviewDue> {
  const { connection, store, actor, clock } = ctx;
  const on = await today(ctx);
  const next = await reviewDue(ctx, { on }, on);
  const at = new Date(clock.now()).toISOString();
  await store.reviews.done(connection, {
    ...{ at, by: actor.name, on, snapshot, why, nextOn: next.on },
  });
  await store.flush();
  return next;
}
