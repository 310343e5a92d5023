import type { ProvisionReport } from '../../connector/provision.ts';
import type { RunContext } from '../../run/context.ts';
import { type Explained, explainCustomer } from '../../run/explain.ts';
import { provisionConnection } from '../../run/provision.ts';
import type { RunReport } from '../../run/report.ts';
import { runConnection } from '../../run/run-connection.ts';
import { homeCurrency } from '../shown-plan.ts';
import { callsBetween, type DemoCalls, type DemoCrm } from './demo-crm.ts';
import { demoDay } from './demo-day.ts';
import { pickCustomers } from './pick-customers.ts';

/** A run with what the CRM counted meanwhile. */
export type DemoRun = { readonly report: RunReport; readonly calls: DemoCalls };

export type ExplainedPick = { readonly why: string; readonly explained: Explained };

/** Tells of each step as it ends. */
export type DemoTold = {
  readonly provisioned: (report: ProvisionReport) => void;
  readonly ranFirst: (run: DemoRun, currency: string | null, ctx: RunContext) => void;
  /** `null` where nobody wants to hear it again. */
  readonly explained: ((picks: readonly ExplainedPick[]) => void) | null;
  readonly ranSecond: (run: DemoRun) => void;
};

export type DemoRuns = { readonly first: DemoRun; readonly second: DemoRun };

/** Provisions, runs, explains three customers, and runs again. */
export async function runDemo(ctx: RunContext, crm: DemoCrm, told: DemoTold): Promise<DemoRuns> {
  told.provisioned(await provisionConnection(ctx, { remove: false, rebuildDeletedLists: false }));
  const first = await countedRun(ctx, crm, noCalls);
  told.ranFirst(first, await homeCurrency(ctx), ctx);
  if (told.explained !== null) told.explained(await explainPicks(ctx));
  const second = await countedRun(ctx, crm, crm.calls());
  told.ranSecond(second);
  return { first, second };
}

const noCalls: DemoCalls = { read: 0, write: 0, total: 0, tooMany: 0 };

async function countedRun(ctx: RunContext, crm: DemoCrm, before: DemoCalls): Promise<DemoRun> {
  const report = await runConnection(ctx, { full: false, asOf: demoDay });
  return { report, calls: callsBetween(before, crm.calls()) };
}

async function explainPicks(ctx: RunContext): Promise<readonly ExplainedPick[]> {
  const picks: ExplainedPick[] = [];
  for (const { why, id } of await pickCustomers(ctx.store, ctx.connection)) {
    const found = await explainCustomer(ctx, id);
    const explained = found.find(({ customer }) => customer.id === id);
    if (explained !== undefined) picks.push({ why, explained });
  }
  return picks;
}
