import type { Hint } from '../../../src/domain/hint.ts';
import type { Policy } from '../../../src/policy/schema.ts';
import { provisionConnection } from '../../../src/run/provision.ts';
import type { RunReport } from '../../../src/run/report.ts';
import { runConnection } from '../../../src/run/run-connection.ts';
import { policy } from '../../score/default-policy.ts';
import { chanceOf } from '../bad-inputs/chance.ts';
import { allowHeld } from '../faults/allow-held.ts';
import { type Desk, openDesk } from '../faults/desk.ts';
import type { Tenant } from '../faults/tenant.ts';
import { workOnce } from '../faults/work-once.ts';
import { days } from '../kill/stand.ts';
import type { Outcome } from '../kit/part.ts';
import { fateOf } from './fate-of.ts';
import type { Answer, History, Round } from './history.ts';
import { differ, figures, sumIsWrong } from './look.ts';

/** A CRM and two stores: one that lives through the history, one that never saw it. */
export type Place = {
  readonly tenant: Tenant;
  readonly own: string;
  readonly fresh: string;
  readonly signal: AbortSignal;
};

const asOf = days.second;
const pauseMs = 600_000;

/** What holds a tier still is remembered, not computed: a store that is new cannot know of it. */
const unheld: Policy = {
  ...policy,
  tiers: {
    ...policy.tiers,
    hold: { hysteresis: 0, graceDays: 0, stepsDown: 'any', review: 'anytime' },
  },
};

/**
 * Lives one history. After every answer the sum over customers is won revenue less what is nobody's; at
 * the end each customer's figures are those of a store that read the CRM for the first time, and that
 * one finds nothing to write.
 */
export async function liveHistory({ tenant, own, fresh, signal }: Place, history: History) {
  const told: string[] = [];
  const wrong = (why: string): Outcome => ({
    ...{ status: 'mismatch', why: `${why}\n  after ${told.join('; ')}` },
  });
  const desk = await openDesk(tenant, own, signal, unheld);
  try {
    await begin(desk);
    let late: readonly Hint[] = [];
    for (const round of history) {
      late = await lived(desk, round, late, told, signal);
      const why = await sumIsWrong(desk);
      if (why !== null) return wrong(why);
    }
    await hear(desk, late, signal);
    // Who came back in Zoho while others left for good may be found one run later (BEHAVIOR 30).
    for (let at = 0; at < 2; at += 1) await run(desk, false);
    const why = (await sumIsWrong(desk)) ?? (await isBehind(desk, fresh, signal));
    return why === null ? equal : wrong(why);
  } finally {
    await desk.close();
  }
}

const equal: Outcome = { status: 'equal' };

async function begin(desk: Desk): Promise<void> {
  await desk.connected((ctx) =>
    provisionConnection(ctx, { remove: false, rebuildDeletedLists: false }),
  );
  await run(desk, true);
}

/** People are at work, and we answer. Returns what is still to come of their webhooks. */
async function lived(
  desk: Desk,
  { deeds, answer, fate }: Round,
  late: readonly Hint[],
  told: string[],
  signal: AbortSignal,
): Promise<readonly Hint[]> {
  const { tenant } = desk;
  // Of our own writes: the receiver knows them.
  tenant.heard();
  tenant.wait(pauseMs);
  for (const deed of deeds) told.push(tenant.befall(chanceOf(deed, 'deed')));
  tenant.wait(pauseMs);
  const delivery = fateOf(tenant.heard(), fate);
  await listen(desk, [...late, ...delivery.now]);
  await act(desk, answer, signal);
  told.push(answer);
  return delivery.late;
}

async function act(desk: Desk, answer: Answer, signal: AbortSignal): Promise<void> {
  switch (answer) {
    case 'run':
      return await run(desk, false);
    case 'full run':
      return await run(desk, true);
    case 'hear':
      return await hear(desk, [], signal);
    case 'hear, then run':
      await hear(desk, [], signal);
      return await run(desk, false);
    case 'run and hear':
      await desk.app.store.work.ask('main', { full: false }, instantOf(desk));
      return await hear(desk, [], signal);
  }
}

/** Kept until somebody works on them. */
async function listen(desk: Desk, hints: readonly Hint[]): Promise<void> {
  await desk.app.store.inbox.add('main', hints, instantOf(desk));
}

async function hear(desk: Desk, hints: readonly Hint[], signal: AbortSignal): Promise<void> {
  await listen(desk, hints);
  await workOnce(desk, asOf, signal);
  const paused = await desk.app.store.work.paused('main');
  if (paused !== null) throw new Error(`${paused.code}: ${paused.message}`);
  await allowHeld(desk);
}

/** What the brake holds somebody lets through: half a small base may have left. */
async function run(desk: Desk, full: boolean): Promise<void> {
  const report = await runOnce(desk, full);
  if (report.outcome !== 'held') return;
  await allowHeld(desk);
  await runOnce(desk, false);
}

async function runOnce(desk: Desk, full: boolean): Promise<RunReport> {
  const report = await desk.connected((ctx) => runConnection(ctx, { full, asOf }));
  if (report.stopped === null || report.outcome === 'held') return report;
  throw new Error(`${report.stopped.code}: ${report.stopped.message}`);
}

/** What a store that knows nothing finds otherwise than the one that lived through it all. */
async function isBehind(desk: Desk, fresh: string, signal: AbortSignal): Promise<string | null> {
  const { tenant } = desk;
  const lived = await figures(desk);
  // New cut points from the same base, as the other will find them; who moved by them, once more.
  for (let at = 0; at < 2; at += 1) await run(desk, true);
  const before = tenant.picture();
  const other = await openDesk(tenant, fresh, signal, unheld);
  try {
    await begin(other);
    const after = tenant.picture();
    return (
      (await sumIsWrong(other)) ??
      differ(await figures(other), lived) ??
      differ(new Map(Object.entries(after)), new Map(Object.entries(before)))
    );
  } finally {
    await other.close();
  }
}

function instantOf({ clock }: Desk): string {
  return new Date(clock.now()).toISOString();
}
