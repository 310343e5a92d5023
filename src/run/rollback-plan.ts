import type { ConnectionStop } from '../domain/connection-stop.ts';
import type { PlanId } from '../domain/ids.ts';
import { isEmptyPlan, type Plan, type PlanSummary } from '../domain/plan.ts';
import type { RollbackScope } from '../domain/rollback.ts';
import { step } from '../lib/step.ts';
import { planCost } from '../plan/plan-cost.ts';
import { policyVersion } from '../policy/version.ts';
import type { RollbackMoves } from '../store/rollback-store.ts';
import type { RunContext } from './context.ts';
import { type ListsNow, readListsNow } from './list-stage.ts';
import type { Pass } from './pass.ts';
import { modeHolds } from './plan-ending.ts';
import { planById } from './plan-to-apply.ts';
import { RollbackBuilder, type RollbackCounts } from './rollback-builder.ts';
import { type WhatToTakeBack, whatText } from './rollback-errors.ts';
import { takeBackAllFields, takeBackAllMemberships } from './rollback-pages.ts';
import { exceptionTexts } from './rollback-texts.ts';
import { settleOthers } from './settle-others.ts';

/** Moves of tier that are shown by name. */
const topMoves = 10;

export type RollbackOrder = {
  readonly scope: RollbackScope;
  readonly what: WhatToTakeBack;
  readonly why: string;
};

/**
 * Makes the plan of a rollback: what was written, inverted, where the CRM still holds it. What is half
 * written is settled first, so that exactly what arrived is taken back; other plans that wait are over.
 * With the plan the connection is stopped, for the next run would write again what was taken back.
 * @returns `null`: nothing was written.
 */
export async function planRollback(
  ctx: RunContext,
  pass: Pass,
  order: RollbackOrder,
): Promise<Plan | null> {
  const { store, progress } = ctx;
  const { scope } = order;
  await settleOthers(ctx);
  const lists = await readListsNow(ctx);
  if (!(await isAnythingWritten(ctx, scope))) return null;
  await store.rollbacks.endOthers(ctx.connection);
  step('rollback.settled');
  const planId = await create(ctx, pass);
  const builder = new RollbackBuilder(store, ctx.connection, planId);
  progress.start('plan', null);
  await takeBackAllFields(ctx, scope, builder);
  await takeBackAllMemberships(ctx, scope, { builder, planId });
  progress.end('plan');
  await finish(ctx, { pass, order, planId, lists, counts: builder.counts() });
  step('rollback.finished');
  const plan = await planById(ctx, planId);
  if (plan.status === 'held')
    ctx.tell({ kind: 'held', connection: ctx.connection, by: ['approve'], planId });
  return plan;
}

async function isAnythingWritten({ store }: RunContext, scope: RollbackScope): Promise<boolean> {
  const first = { after: null, limit: 1 };
  if ((await store.rollbacks.fields(scope, first)).length > 0) return true;
  return (await store.rollbacks.memberships(scope, { ...first, plan: '' })).length > 0;
}

async function create(ctx: RunContext, { runId, asOf }: Pass): Promise<PlanId> {
  const { connection, store, policy } = ctx;
  const id = `p${runId.slice(1)}`;
  const about = { kind: 'rollback', policyVersion: policyVersion(policy) } as const;
  await store.plans.create({ id, connection, runId, createdAt: instant(ctx), asOf, ...about });
  step('plan.created');
  return id;
}

type Made = {
  readonly pass: Pass;
  readonly order: RollbackOrder;
  readonly planId: PlanId;
  readonly lists: ListsNow;
  readonly counts: RollbackCounts;
};

/** A person asked for it: no guard of the brake holds it, only the mode does. */
async function finish(ctx: RunContext, made: Made): Promise<void> {
  const { connection, store, actor } = ctx;
  const { order, planId } = made;
  const { what, why } = order;
  const moves = await store.rollbacks.moves(planId, topMoves);
  const summary = await summaryOf(ctx, made, moves);
  const isEmpty = isEmptyPlan(summary);
  const holds = isEmpty ? [] : modeHolds(ctx);
  const at = instant(ctx);
  const stop: Omit<ConnectionStop, 'plan'> = {
    ...{ connection, at, by: actor.name },
    why: `taking back ${whatText(what)}${why === '' ? '' : `: ${why}`}`,
  };
  await store.rollbacks.finish(planId, {
    ...{ scope: order.scope, summary, of: what, stop: isEmpty ? null : stop },
    ending: {
      ...{ status: holds.length > 0 ? 'held' : 'ready', holds, decision: null, digest: null },
      moves: moves.top.map((move) => ({ ...move, reason: `Takes back ${whatText(what)}` })),
      told: { actor: actor.name, at },
    },
  });
}

async function summaryOf(
  { connector, store }: RunContext,
  { pass, planId, lists, counts }: Made,
  { tierMoves }: RollbackMoves,
): Promise<PlanSummary> {
  const { steps, ...counted } = counts;
  const { membershipsPerCall, membershipCallSpends } = connector.capabilities;
  const { quota } = pass.account;
  const frame = { route: connector.writeRoute, membershipsPerCall, membershipCallSpends, quota };
  const forLists = [...steps.values()].map(({ add, remove }) => add + remove);
  const none = { add: 0, remove: 0 };
  return {
    ...counted,
    tierMoves,
    lists: lists.kept.map(({ key, name }) => ({
      ...{ key, name, members: lists.sizes[key] ?? 0, ...(steps.get(key) ?? none) },
    })),
    cost: planCost(frame, counted.changes, forLists),
    warnings: exceptionTexts(await store.rollbacks.exceptionCounts(planId)),
  };
}

function instant({ clock }: RunContext): string {
  return new Date(clock.now()).toISOString();
}
