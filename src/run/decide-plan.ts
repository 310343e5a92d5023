import type { Actor } from '../domain/actor.ts';
import { AssayError } from '../domain/assay-error.ts';
import type { Allowance, GuardName, Hold } from '../domain/hold.ts';
import { openHolds, type Plan, type PlanDecision } from '../domain/plan.ts';
import type { WriteMode } from '../domain/write-settings.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { step } from '../lib/step.ts';
import type { Store } from '../store/store.ts';
import { approveLine, guardsOf, isPreview } from './held-plan.ts';
import { previewOnly } from './preview-only.ts';

/** Whoever decides on a plan, and where the word is kept. No connection is opened, no call made. */
export type DecideContext = {
  readonly store: Pick<Store, 'plans'>;
  readonly actor: Actor;
  /** Of the plan's connection. */
  readonly mode: WriteMode;
  readonly clock: Clock;
  readonly log: Logger;
};

/**
 * Lets a held plan be written: each guard that holds it has to be named.
 * @throws AssayError `PLAN_NOT_HELD`, `PREVIEW_ONLY`, `GUARDS_NOT_ALLOWED`.
 */
export async function approvePlan(
  ctx: DecideContext,
  plan: Plan,
  { guards, why }: Allowance,
): Promise<Plan> {
  if (plan.status !== 'held') throw planNotHeld(plan);
  if (ctx.mode === 'preview' || isPreview(plan)) throw previewOnly(plan);
  const needed = guardsOf(plan);
  const missing = openHolds(plan).filter(({ by }) => isMissing(by, needed, guards));
  if (missing.length > 0) throw guardsNotAllowed(plan, missing);
  const before = plan.decision?.allowed ?? [];
  const allowed = [...before, ...needed.filter((guard) => guards.includes(guard))];
  return decide(ctx, plan, { decided: 'approved', why, allowed });
}

/**
 * Ends a held plan. Its changes are proposed again only when they, or anything beside them, differ.
 * @throws AssayError `PLAN_NOT_HELD`.
 */
export async function rejectPlan(ctx: DecideContext, plan: Plan, why: string): Promise<Plan> {
  if (plan.status !== 'held') throw planNotHeld(plan);
  const allowed = plan.decision?.allowed ?? [];
  return decide(ctx, plan, { decided: 'rejected', why, allowed });
}

async function decide(
  { store, actor, clock, log }: DecideContext,
  { id, connection }: Plan,
  word: Pick<PlanDecision, 'decided' | 'why' | 'allowed'>,
): Promise<Plan> {
  const at = new Date(clock.now()).toISOString();
  const plan = await store.plans.decide(id, { ...word, by: actor.name, at, sameAs: null });
  if (plan === null) throw planNotHeld((await store.plans.byId(id)) ?? null, id);
  step('plan.decided');
  const { decided, allowed } = word;
  log.info({ connection, plan: id, by: actor.name, allowed, decided }, 'plan.decided');
  return plan;
}

function isMissing(
  by: Hold['by'],
  needed: readonly GuardName[],
  given: readonly GuardName[],
): boolean {
  return needed.some((guard) => guard === by) && !given.some((guard) => guard === by);
}

function planNotHeld(plan: Plan | null, id = plan?.id ?? ''): AssayError {
  return new AssayError(
    'PLAN_NOT_HELD',
    'refuse-to-start',
    `Plan ${id} waits for no word: ${plan === null ? 'it is gone' : stateOf(plan)}.`,
    '`assay plans --status held` lists the plans that wait.',
  );
}

function stateOf({ status, decision }: Plan): string {
  const by = decision === null ? '' : ` (${decision.decided} by ${decision.by})`;
  const states: Readonly<Record<Plan['status'], string>> = {
    draft: 'it is not finished',
    held: 'it is held',
    ready: 'it may be written',
    applying: 'it is being written',
    applied: 'it is written',
    rejected: 'it was rejected',
    superseded: 'a newer plan took its place',
  };
  return `${states[status]}${by}`;
}

function guardsNotAllowed(plan: Plan, missing: readonly Hold[]): AssayError {
  const told = missing.map(({ by, because }) => `${by}: ${because}`).join(' ');
  return new AssayError(
    'GUARDS_NOT_ALLOWED',
    'ask',
    `Plan ${plan.id} is held by guards that were not named. ${told}`,
    `If it is right nevertheless: \`${approveLine(plan)}\`.`,
  );
}
