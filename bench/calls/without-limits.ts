import { openAssay } from './assay-process.ts';
import { startPostgres } from './postgres.ts';
import { type BaseSize, type BenchCrm, type Cost, days } from './tenant.ts';

const buyers = 0.02;
/** Longer than the connector waits before it trusts what search shows. */
const settleMs = 900_000;

/** The cost of a part beside the least possible. */
type Beside = Cost & { readonly floor: Cost };

export type FreeFigures = {
  readonly full: Beside;
  readonly delta: Beside;
  readonly idle: Cost;
  readonly peakRssMb: number;
};

/** Full load and write, a day on which 2 % buy, and a run after nothing happened. */
export async function callsWithoutLimits(crm: BenchCrm, size: BaseSize): Promise<FreeFigures> {
  const postgres = await startPostgres();
  const tenant = await crm.open(size, { kind: 'free' });
  try {
    const assay = await openAssay({ crm: crm.name, tenant, databaseUrl: postgres.url });
    await assay.provision();
    tenant.reset();
    const first = await assay.run(days.first);
    const full = tenant.cost();

    tenant.advance(settleMs);
    const deals = tenant.buy(days.first, buyers);
    tenant.advance(settleMs);
    tenant.reset();
    const second = await assay.run(days.second);
    const delta = tenant.cost();

    tenant.advance(settleMs);
    tenant.reset();
    const third = await assay.run(days.second);
    return {
      full: { ...full, floor: crm.floors.full(size, changesOf(first)) },
      delta: { ...delta, floor: crm.floors.delta(deals, changesOf(second)) },
      idle: tenant.cost(),
      peakRssMb: Math.max(first.peakRssMb, second.peakRssMb, third.peakRssMb),
    };
  } finally {
    await tenant.close();
    await postgres.stop();
  }
}

function changesOf(run: {
  readonly report: { readonly plan: { readonly summary: { readonly changes: number } } | null };
}): number {
  return run.report.plan?.summary.changes ?? 0;
}
