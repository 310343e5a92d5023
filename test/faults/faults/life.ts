import { AssayError } from '../../../src/domain/assay-error.ts';
import type { RunContext } from '../../../src/run/context.ts';
import { provisionConnection } from '../../../src/run/provision.ts';
import type { RunReport, StopReason } from '../../../src/run/report.ts';
import { rollbackConnection } from '../../../src/run/rollback.ts';
import { runConnection } from '../../../src/run/run-connection.ts';
import { type DeedName, days } from '../kill/stand.ts';
import { allowHeld } from './allow-held.ts';
import { type Desk, unclear, unclearWords } from './desk.ts';
import { workOnce } from './work-once.ts';

/** How one attempt ended. */
type End =
  | { readonly kind: 'done' }
  | { readonly kind: 'stopped'; readonly why: StopReason }
  | { readonly kind: 'died'; readonly why: string };

type Chapter = {
  readonly name: string;
  readonly deed: DeedName | null;
  readonly work: (desk: Desk, since: string, signal: AbortSignal) => Promise<End>;
};

/** How a whole life went. */
export type Lived = {
  /** Why it stopped at all, in order; each has a clear reason. */
  readonly stops: readonly StopReason[];
  /** What nobody planned, or what would not end; `null`: none. */
  readonly died: string | null;
};

const chapters: readonly Chapter[] = [
  { name: 'provision', deed: null, work: (desk) => connected(desk, provision) },
  { name: 'full', deed: null, work: (desk) => connected(desk, run(desk.tenant.firstDay, true)) },
  { name: 'rescore', deed: 'a few buy', work: hear },
  {
    ...{ name: 'delta', deed: 'a day of changes' },
    work: (desk) => connected(desk, run(days.second, false)),
  },
  { name: 'rollback', deed: null, work: (desk, since) => connected(desk, takeBack(since)) },
  { name: 'again', deed: 'others buy', work: (desk) => goOn(desk) },
];

/** Attempts while faults may strike, and once they are over. */
const attempts = { struck: 4, spared: 4 } as const;
const restMs = 3_600_000;

/**
 * Lives all chapters; each is tried again until it ends, as a schedule would. `full`: the last runs read
 * everything again, for whoever was told what is not so.
 */
export async function live(desk: Desk, signal: AbortSignal, full = false): Promise<Lived> {
  const stops: StopReason[] = [];
  let dayBegan = '';
  const last = lastChapter(full);
  for (const chapter of [...chapters, last]) {
    const { deed, name } = chapter;
    if (name === 'delta') dayBegan = new Date(desk.clock.now()).toISOString();
    const hints = deed === null ? [] : desk.tenant.act(deed);
    if (name === 'rescore')
      await desk.app.store.inbox.add('main', hints, new Date(desk.clock.now()).toISOString());
    if (chapter === last) desk.tenant.spare();
    // Who was made up is rejected until everything is read again.
    const maySkip = full && chapter !== last;
    const died = await untilDone(desk, { ...chapter, since: dayBegan, maySkip }, stops, signal);
    if (died !== null) return { stops, died: `${name}: ${died}` };
  }
  return { stops, died: null };
}

/** Whatever befell the life, this must put right; what the first finds strayed, the second looks at again. */
function lastChapter(full: boolean): Chapter {
  return {
    ...{ name: 'last', deed: null },
    work: async (desk) => {
      const end = await connected(desk, run(days.second, full));
      return end.kind === 'done' ? await connected(desk, run(days.second, full)) : end;
    },
  };
}

async function untilDone(
  desk: Desk,
  chapter: Chapter & { readonly since: string; readonly maySkip: boolean },
  stops: StopReason[],
  signal: AbortSignal,
): Promise<string | null> {
  let why = '';
  for (let at = 0; at < attempts.struck + attempts.spared; at += 1) {
    signal.throwIfAborted();
    if (at === attempts.struck) desk.tenant.spare();
    const end = await chapter.work(desk, chapter.since, signal);
    if (end.kind === 'done') return null;
    if (end.kind === 'died') return end.why;
    stops.push(end.why);
    if (chapter.maySkip && end.why.code === 'NOT_ALL_WRITTEN') return null;
    const unclearly = unclearWords(end.why);
    if (unclearly !== null) return unclearly;
    why = `${end.why.code}: ${end.why.message}`;
    desk.rest(restMs);
    await doAsTold(desk, end.why.code);
  }
  return `does not go on once the fault is over: ${why}`;
}

async function connected(
  desk: Desk,
  work: (ctx: RunContext, desk: Desk) => Promise<End>,
): Promise<End> {
  return await attempted(() => desk.connected((ctx) => work(ctx, desk)));
}

async function attempted(work: () => Promise<End>): Promise<End> {
  try {
    return await work();
  } catch (error) {
    const died = unclear(error);
    if (died !== null || !(error instanceof AssayError)) return { kind: 'died', why: died ?? '' };
    const { code, message, todo } = error;
    return { kind: 'stopped', why: { code, message, todo } };
  }
}

async function provision(ctx: RunContext): Promise<End> {
  const options = { remove: false, rebuildDeletedLists: false };
  const { steps } = await provisionConnection(ctx, options);
  const problem = steps.find(({ outcome }) => outcome === 'problem');
  if (problem === undefined) return { kind: 'done' };
  const { name, message, todo = 'Run it again.' } = problem;
  return { kind: 'stopped', why: { code: 'NOT_ALL_MADE', message: `${name}: ${message}`, todo } };
}

function run(asOf: string, full: boolean): (ctx: RunContext) => Promise<End> {
  return async (ctx) => endOf(await runConnection(ctx, { full, asOf }));
}

function endOf(report: RunReport): End {
  if (report.stopped !== null) return { kind: 'stopped', why: report.stopped };
  if (report.outcome === 'done' && report.waitingFor === null) return { kind: 'done' };
  const rejections = [report.leftover, report.apply].flatMap((one) => one?.rejections ?? []);
  const unclearly = rejections.map((one) => unclearWords({ ...one, todo: 'read' }));
  const bad = unclearly.find((one) => one !== null);
  if (bad !== undefined && bad !== null) return { kind: 'died', why: bad };
  const message = `${report.outcome}, waiting for ${report.waitingFor}: ${JSON.stringify(rejections[0] ?? null)}`;
  return { kind: 'stopped', why: { code: 'NOT_ALL_WRITTEN', message, todo: 'Run it again.' } };
}

/** Takes back all that was written since the day of changes began. */
function takeBack(since: string): (ctx: RunContext, desk: Desk) => Promise<End> {
  return async (ctx) => {
    const what = { to: since };
    try {
      const { run } = await rollbackConnection(ctx, { what, why: 'to see', apply: true });
      return endOf(run);
    } catch (error) {
      if (error instanceof AssayError && error.code === 'ROLLBACK_EMPTY') return { kind: 'done' };
      throw error;
    }
  };
}

async function goOn(desk: Desk): Promise<End> {
  const word = { by: 'test', at: new Date(desk.clock.now()).toISOString(), why: null };
  await desk.app.store.stops.resume('main', word);
  return await connected(desk, run(days.second, false));
}

/** A worker that is told of webhooks. */
async function hear(desk: Desk, _since: string, signal: AbortSignal): Promise<End> {
  return await attempted(async () => {
    await workOnce(desk, days.first, signal);
    const paused = await desk.app.store.work.paused('main');
    return paused === null ? { kind: 'done' } : { kind: 'stopped', why: paused };
  });
}

/** What the runbook says to do: a field that is missing is made, a plan that a guard holds is looked at. */
async function doAsTold(desk: Desk, code: string): Promise<void> {
  if (code === 'FIELD_MISSING') await connected(desk, provision);
  await allowHeld(desk);
}
