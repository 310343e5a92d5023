import type { Account } from '../connector/account.ts';
import type { RunId } from '../domain/ids.ts';
import type { RunOutcome } from '../domain/run.ts';
import type { LocalDay } from '../domain/time.ts';
import type { Cause } from '../domain/work-event.ts';
import { localDay } from '../lib/local-day.ts';
import { step } from '../lib/step.ts';
import type { RunContext } from './context.ts';
import { countsOf } from './counts-of.ts';
import { type OnceStopped, refuseIfStopped } from './refuse-if-stopped.ts';
import type { ApplyReport, RunReport, StopReason } from './report.ts';
import { newRunId } from './run-id.ts';
import { type Stop, stopOf } from './stop.ts';
import { withLease } from './with-lease.ts';

/** What is fixed for one pass. */
export type Pass = {
  readonly runId: RunId;
  readonly asOf: LocalDay;
  readonly account: Account;
};

/** The parts of a report, filled in as the stages end; what is `null` was not reached. */
export type StageReports = {
  -readonly [part in Part]: RunReport[part];
};

type Part = 'leftover' | 'stale' | 'pull' | 'score' | 'plan' | 'waitingFor' | 'refusedAs' | 'apply';

export type PassOptions = {
  readonly asOf?: LocalDay | undefined;
  /** What may be done while a person's stop stands. Default: nothing. */
  readonly onceStopped?: OnceStopped | undefined;
};

type Stages = (held: RunContext, pass: Pass, reports: StageReports) => Promise<void>;

/**
 * The frame of every pass: refuses while a person's stop stands, takes the lease, makes sure that the connection still means the same
 * account, records the run and its outcome, and makes the store safe at the end.
 */
export async function pass(
  ctx: RunContext,
  options: PassOptions,
  stages: Stages,
): Promise<RunReport> {
  await refuseIfStopped(ctx, options.onceStopped);
  return withLease(ctx, async (held) => {
    const account = await held.connector.account(held.signal);
    const { connection, connector, store, subject, clock } = held;
    await store.connections.bind(connection, {
      crm: connector.crm,
      accountId: account.id,
      subject,
    });
    await store.identities.saveAccount(connection, account);
    const runId = newRunId(clock.now());
    await store.runs.start({ id: runId, connection, startedAt: instant(held) });
    step('run.started');
    const asOf = options.asOf ?? localDay(clock.now(), account.timeZone);
    const facts = { connection, crm: connector.crm, run: runId };
    return await held.tracer.span('run', facts, () =>
      recorded(held, { runId, asOf, account }, stages),
    );
  });
}

async function recorded(held: RunContext, one: Pass, stages: Stages): Promise<RunReport> {
  const reports: StageReports = {
    ...{ leftover: null, stale: null, pull: null, score: null, plan: null },
    ...{ waitingFor: null, refusedAs: null, apply: null },
  };
  held.log.info({ connection: held.connection, run: one.runId }, 'run.start');
  const since = performance.now();
  let stop: Stop | null = null;
  try {
    await stages(held, one, reports);
  } catch (error) {
    stop = stopOf(error, held.signal);
  }
  const report = await reportOf(held, one, reports, stop);
  await held.store.runs.end(one.runId, {
    endedAt: instant(held),
    outcome: report.outcome,
    planId: report.plan?.id ?? null,
    report,
    counts: countsOf(report),
  });
  step('run.ended');
  await held.store.flush();
  const { outcome, calls } = report;
  held.log.info({ connection: held.connection, run: one.runId, outcome, ...calls }, 'run.end');
  held.tell({
    ...{ kind: 'run', connection: held.connection, crm: held.connector.crm, outcome },
    ...{ ms: performance.now() - since, stopped: stop === null ? null : causeOf(stop) },
  });
  if (stop?.rethrow === true) throw stop.error;
  return report;
}

async function reportOf(
  held: RunContext,
  { runId, asOf, account }: Pass,
  reports: StageReports,
  stop: Stop | null,
): Promise<RunReport> {
  return {
    runId,
    connection: held.connection,
    crm: held.connector.crm,
    asOf,
    outcome: stop?.outcome ?? outcomeOf(reports),
    stopped: stop === null ? null : reasonOf(stop),
    ...reports,
    calls: held.connector.usage(),
    quota: account.quota,
  };
}

function reasonOf({ code, message, todo }: Stop): StopReason {
  return { code, message, todo };
}

function causeOf({ code, todo }: Stop): Cause {
  return { code, todo };
}

function outcomeOf({ leftover, apply }: StageReports): RunOutcome {
  return isRejected(leftover) || isRejected(apply) ? 'done-with-rejections' : 'done';
}

function isRejected(report: ApplyReport | null): boolean {
  if (report === null) return false;
  return report.receipts.rejected + report.receipts.memberships.rejected > 0;
}

function instant(held: RunContext): string {
  return new Date(held.clock.now()).toISOString();
}
