import { buyOn } from '../../sandbox/hubspot/purchase-day.ts';
import { openAssay } from './assay-process.ts';
import { type BaseSize, days, startPortal } from './portal.ts';
import { startPostgres } from './postgres.ts';

/** A portal that lets everybody run: Assay learns it from the headers and goes as fast as it can. */
const generous = {
  plan: 'enterprise',
  override: { tenSecondly: 100_000, associations: 100_000, search: 1_000 },
} as const;

const buyers = 0.02;
/** Longer than the connector waits before it trusts what search shows. */
const settleMs = 900_000;

/** Calls of a part beside the fewest possible. */
type Beside = { readonly calls: number; readonly floor: number };

export type FreeFigures = {
  readonly full: Beside;
  readonly delta: Beside;
  readonly idle: { readonly calls: number };
  readonly peakRssMb: number;
};

/** Full load and write, a day on which 2 % buy, and a run after nothing happened. */
export async function callsWithoutLimits(size: BaseSize): Promise<FreeFigures> {
  const postgres = await startPostgres();
  const { sandbox, world } = await startPortal(size, { limits: generous });
  try {
    const assay = await openAssay({
      portalUrl: sandbox.url,
      token: sandbox.token,
      databaseUrl: postgres.url,
      plan: 'auto',
    });
    await assay.provision();
    const first = await assay.run(days.first);
    const full = sandbox.calls.report().total;

    sandbox.clock.advance(settleMs);
    sandbox.calls.reset();
    const deals = buyOn(sandbox.portal, world, { day: days.first, share: buyers, seed: size.seed });
    sandbox.clock.advance(settleMs);
    const second = await assay.run(days.second);
    const delta = sandbox.calls.report().total;

    sandbox.clock.advance(settleMs);
    sandbox.calls.reset();
    const third = await assay.run(days.second);
    const idle = sandbox.calls.report().total;
    return {
      full: {
        calls: full,
        floor: pages(size.contacts, 100) + pages(size.deals, 100) + pages(changesOf(first), 100),
      },
      delta: { calls: delta, floor: deltaFloor(deals.length, changesOf(second)) },
      idle: { calls: idle },
      peakRssMb: Math.max(first.peakRssMb, second.peakRssMb, third.peakRssMb),
    };
  } finally {
    await sandbox.close();
    await postgres.stop();
  }
}

/** Search gives 200 a call, associations are read for 1,000 deals a call, 100 changes are written a call. */
function deltaFloor(deals: number, changes: number): number {
  return pages(deals, 200) + pages(deals, 1_000) + pages(changes, 100);
}

function pages(records: number, perCall: number): number {
  return Math.ceil(records / perCall);
}

function changesOf(run: {
  readonly report: { readonly plan: { readonly summary: { readonly changes: number } } | null };
}): number {
  return run.report.plan?.summary.changes ?? 0;
}
