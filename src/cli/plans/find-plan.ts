import type { App } from '../../app.ts';
import { AssayError } from '../../domain/assay-error.ts';
import type { PlanId } from '../../domain/ids.ts';
import type { Plan } from '../../domain/plan.ts';

/** The plan of that id, of whatever connection of the config. @throws AssayError `PLAN_UNKNOWN`. */
export async function findPlan({ store, config }: App, id: PlanId): Promise<Plan> {
  const plan = await store.plans.byId(id);
  const isOurs = config.connections.some((connection) => connection.id === plan?.connection);
  if (plan !== null && isOurs) return plan;
  throw new AssayError(
    'PLAN_UNKNOWN',
    'refuse-to-start',
    `No connection of the config has a plan "${id}".`,
    '`assay plans` lists those there are; one that was only to be looked at gives way to the next.',
  );
}
