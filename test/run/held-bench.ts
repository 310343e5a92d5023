import type { Hold } from '../../src/domain/hold.ts';
import type { Plan } from '../../src/domain/plan.ts';
import type { WorkEvent } from '../../src/domain/work-event.ts';
import type { WriteMode } from '../../src/domain/write-settings.ts';
import type { RunContext } from '../../src/run/context.ts';
import { approvePlan, rejectPlan } from '../../src/run/decide-plan.ts';
import type { RunReport } from '../../src/run/report.ts';
import { applyConnection, planConnection, runConnection } from '../../src/run/run-connection.ts';
import { AS_OF, openWorkbench, type Workbench } from './workbench.ts';

/** A small portal whose connection's plans wait, or not. */
export type HeldBench = {
  readonly bench: Workbench;
  mode: WriteMode;
  /** Added to the clock of runs, ms. */
  later: number;
  readonly connected: <T>(work: (ctx: RunContext) => Promise<T>) => Promise<T>;
  readonly run: (options?: { readonly full?: boolean }) => Promise<RunReport>;
  readonly plan: () => Promise<RunReport>;
  readonly apply: (planId?: string) => Promise<RunReport>;
  readonly approve: (id: string) => Promise<Plan>;
  readonly reject: (id: string) => Promise<Plan>;
  readonly planOf: (id: string | undefined) => Promise<Plan>;
  /** Who was told that a plan waits, by the holds' names. */
  readonly told: (readonly Hold['by'][])[];
  /** Calls that wrote, since fields and lists are there. */
  readonly writes: () => number;
};

export async function openHeldBench(mode: WriteMode): Promise<HeldBench> {
  const bench = await openWorkbench({ contacts: 60, deals: 160 });
  await bench.provision();
  const before = writesOf(bench);
  const told: HeldBench['told'] = [];
  const tell = (event: WorkEvent) => {
    if (event.kind === 'held') told.push(event.by);
  };
  const held: HeldBench = {
    ...{ bench, mode, told, later: 0 },
    connected: async (work) =>
      await bench.connected(async (ctx) => {
        const clock = { ...ctx.clock, now: () => ctx.clock.now() + held.later };
        const writes = { ...ctx.writes, mode: held.mode };
        return await work({ ...ctx, clock, writes, tell, actor: { name: 'ada', role: 'admin' } });
      }),
    run: async ({ full = false } = {}) =>
      await held.connected((ctx) => runConnection(ctx, { full, asOf: AS_OF })),
    plan: async () => await held.connected((ctx) => planConnection(ctx, { asOf: AS_OF })),
    apply: async (planId) => await held.connected((ctx) => applyConnection(ctx, { planId })),
    approve: async (id) => {
      const plan = await held.planOf(id);
      const word = { guards: [], why: 'it is right' };
      return await held.connected((ctx) => approvePlan(decider(ctx), plan, word));
    },
    reject: async (id) => {
      const plan = await held.planOf(id);
      return await held.connected((ctx) => rejectPlan(decider(ctx), plan, 'it is wrong'));
    },
    planOf: async (id) => {
      const plan = await bench.app.store.plans.byId(id ?? '');
      if (plan === null) throw new Error(`There is no plan ${id}`);
      return plan;
    },
    writes: () => writesOf(bench) - before,
  };
  return held;
}

function decider(ctx: RunContext) {
  return { ...ctx, mode: ctx.writes.mode };
}

function writesOf({ sandbox }: Workbench): number {
  return sandbox.calls.all().filter(({ kind }) => kind === 'write').length;
}
