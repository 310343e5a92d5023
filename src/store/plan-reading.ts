import { type Kysely, sql } from 'kysely';
import type { Hold } from '../domain/hold.ts';
import type { ConnectionId, PlanId } from '../domain/ids.ts';
import type {
  Plan,
  PlanDecision,
  PlanKind,
  PlanMove,
  PlanStatus,
  PlanSummary,
} from '../domain/plan.ts';
import type { PlanStore } from './plan-store.ts';
import type { Tables } from './schema.ts';

export async function loadPlan(db: Kysely<Tables>, id: PlanId): Promise<Plan | null> {
  const row = await db.selectFrom('plans').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : toPlan(row);
}

export async function loadPlans(
  db: Kysely<Tables>,
  { connections, statuses, rescorings, limit }: Parameters<PlanStore['list']>[0],
): Promise<readonly Plan[]> {
  const all = db
    .selectFrom('plans')
    .selectAll()
    .where('connection_id', '=', sql<string>`any(${connections}::text[])`);
  const some = statuses === null ? all : all.where('status', 'in', statuses);
  const ofRuns = rescorings ? some : some.where('beside', '=', false);
  const rows = await ofRuns.orderBy('position', 'desc').limit(limit).execute();
  return rows.map(toPlan);
}

export async function loadLatest(
  db: Kysely<Tables>,
  connection: ConnectionId,
  statuses: readonly PlanStatus[],
): Promise<Plan | null> {
  if (statuses.length === 0) return null;
  const row = await db
    .selectFrom('plans')
    .selectAll()
    .where('connection_id', '=', connection)
    .where('status', 'in', statuses)
    .where('beside', '=', false)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : toPlan(row);
}

/** Of those that gave way to a newer one, only what had been held says anything. */
export async function loadLastWord(
  db: Kysely<Tables>,
  connection: ConnectionId,
): Promise<Plan | null> {
  const row = await db
    .selectFrom('plans')
    .selectAll()
    .where('connection_id', '=', connection)
    .where('beside', '=', false)
    .where((where) =>
      where.or([
        where('status', 'in', ['held', 'rejected', 'applying', 'applied']),
        where.and([
          where('status', 'in', ['ready', 'superseded']),
          sql<boolean>`holds <> '[]'::jsonb`,
        ]),
      ]),
    )
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : toPlan(row);
}

export async function loadUnfinished(
  db: Kysely<Tables>,
  connection: ConnectionId,
): Promise<readonly Plan[]> {
  const rows = await db
    .selectFrom('plans')
    .selectAll()
    .where('connection_id', '=', connection)
    .where((where) =>
      where.or([
        where('status', '=', 'applying'),
        where.and([
          where('status', '=', 'ready'),
          where.or([where('beside', '=', true), where('decision', 'is not', null)]),
        ]),
      ]),
    )
    .orderBy('position')
    .execute();
  return rows.map(toPlan);
}

export async function loadMoves(db: Kysely<Tables>, id: PlanId): Promise<readonly PlanMove[]> {
  const rows = await db
    .selectFrom('plan_moves')
    .selectAll()
    .where('plan_id', '=', id)
    .orderBy('position')
    .execute();
  return rows.map((row) => ({
    customerId: row.customer_id,
    from: row.from_tier,
    to: row.to_tier,
    netMinor: row.net_minor,
    ...(row.held_minor !== null && { heldMinor: row.held_minor }),
    reason: row.reason,
  }));
}

type PlanRow = {
  readonly id: string;
  readonly connection_id: string;
  readonly run_id: string;
  readonly created_at: string;
  readonly as_of: string;
  readonly kind: PlanKind;
  readonly status: PlanStatus;
  readonly policy_version: string;
  readonly holds: readonly Hold[];
  readonly decision: PlanDecision | null;
  readonly digest: string | null;
  readonly summary: PlanSummary;
};

export function toPlan(row: PlanRow): Plan {
  return {
    id: row.id,
    connection: row.connection_id,
    runId: row.run_id,
    createdAt: row.created_at,
    asOf: row.as_of,
    kind: row.kind,
    status: row.status,
    policyVersion: row.policy_version,
    holds: row.holds,
    decision: row.decision,
    digest: row.digest,
    summary: row.summary,
  };
}
