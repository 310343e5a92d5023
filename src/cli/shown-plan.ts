import type { RunContext } from '../run/context.ts';
import type { RunReport } from '../run/report.ts';
import { renderPlan } from './views/plan.ts';

/** Home currency of the connection's scores; `null` before the first. */
export async function homeCurrency({ store, population }: RunContext): Promise<string | null> {
  return (await store.scores.cutPoints(population.id))?.currency ?? null;
}

/** The plan in a report for a person; empty when there is none. */
export function shownPlan(
  report: RunReport,
  currency: string | null,
  { policy }: Pick<RunContext, 'policy'>,
): string {
  if (report.plan === null) return '';
  const { connection, asOf, plan } = report;
  const tiers = policy.tiers.classes.map(({ key }) => key);
  return renderPlan({ ...plan, connection, asOf, currency, tiers });
}
