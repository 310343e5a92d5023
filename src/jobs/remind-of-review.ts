import type { RunContext } from '../run/context.ts';
import { today } from '../run/overrides.ts';
import { reviewDue } from '../run/review-due.ts';

/** Half a day less than a week: chores come at about the same time of the day. */
const weekMs = 6.5 * 86_400_000;

/** Tells that a review is due: once a week, over all processes, until it is done. */
export async function remindOfReview(held: RunContext): Promise<void> {
  const { connection, store, clock, log, tell, review = null } = held;
  if (review === null) return;
  const due = await reviewDue(held, await store.reviews.last(connection), await today(held));
  if (due.on === null || !due.isDue) return;
  const when = { now: new Date(clock.now()).toISOString(), everyMs: weekMs };
  if ((await store.alerts.claim({ connection, kind: 'review-reminder' }, when)) === null) return;
  log.info({ connection, due: due.on }, 'review.due');
  tell({ kind: 'review-due', connection, on: due.on });
}
