import { type KeptReview, nextReviewOn, type ReviewInterval } from '../domain/review.ts';
import type { LocalDay } from '../domain/time.ts';
import { localDay } from '../lib/local-day.ts';
import { policyVersion } from '../policy/version.ts';
import type { RunContext } from './context.ts';

/** When the standard is to be looked at again. */
export type ReviewDue = {
  /** `null`: the config asks for no review. */
  readonly every: ReviewInterval | null;
  /** What due dates are counted from; `null`: nothing is published and nothing scored yet. */
  readonly countedFrom: LocalDay | null;
  /** `null`: never. */
  readonly on: LocalDay | null;
  readonly isDue: boolean;
};

type Ground = Pick<RunContext, 'connection' | 'store' | 'policy' | 'policyFrom'> & {
  readonly review?: RunContext['review'];
};

/** @param last the last review that was done, or is as good as done */
export async function reviewDue(
  ctx: Ground,
  last: Pick<KeptReview, 'on'> | null,
  today: LocalDay,
): Promise<ReviewDue> {
  const { review = null } = ctx;
  if (review === null) return { every: null, countedFrom: null, on: null, isDue: false };
  const { every } = review;
  const countedFrom = review.from ?? (await inForceSince(ctx));
  if (countedFrom === null) return { every, countedFrom, on: null, isDue: false };
  const on = nextReviewOn(every, countedFrom, last?.on ?? null);
  return { every, countedFrom, on, isDue: on <= today };
}

/** The day the policy in force was published; of a file, the day it first scored. */
async function inForceSince({
  connection,
  store,
  policy,
  policyFrom,
}: Ground): Promise<LocalDay | null> {
  const since =
    policyFrom.kind === 'release'
      ? (await store.policies.release(policyFrom.number))?.at
      : (await store.scores.policy(policyVersion(policy)))?.firstUsedAt;
  if (since === undefined) return null;
  const accounts = await store.identities.accounts([connection]);
  return localDay(Date.parse(since), accounts.get(connection)?.timeZone ?? 'UTC');
}
