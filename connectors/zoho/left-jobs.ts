import { CallError } from '../../src/connector/http/call-error.ts';
import type { BegunJob } from '../../src/domain/begun-jobs.ts';
import { endOfJob } from './bulk-job.ts';
import type { Session } from './session.ts';

/** Polls’ worth of time in which a job whose making nobody answered for has written, or never will. */
const gracePolls = 60;
/** A job that has not ended by then is taken for lost. */
const lostAfterMs = 86_400_000;

/**
 * Waits for the jobs that an earlier process, or a call that broke off, left at work: before that,
 * what is read back tells nothing.
 * @throws AssayError `BULK_JOB_LATE` (end at checkpoint).
 */
export async function awaitLeftJobs(session: Session, signal: AbortSignal): Promise<void> {
  for (const left of await session.jobs.left()) {
    session.log.info({ job: left.job, begunAt: left.begunAt }, 'bulk.waited_for');
    await endOf(session, left, signal);
    await session.jobs.forget(left);
  }
}

async function endOf(
  session: Session,
  { job, begunAt }: BegunJob,
  signal: AbortSignal,
): Promise<void> {
  const age = session.serverClock.now() - Date.parse(begunAt);
  if (job !== null) return await endOfNamed(session, job, age, signal);
  if (age < session.settings.bulkTimeoutMs) await awaitUnanswered(session, signal);
}

/** There is no list of jobs: one whose id never came can only be given the time to end. */
export async function awaitUnanswered(
  { settings, wait }: Session,
  signal: AbortSignal,
): Promise<void> {
  await wait(settings.bulkPollMs * gracePolls, signal);
}

async function endOfNamed(
  session: Session,
  job: string,
  age: number,
  signal: AbortSignal,
): Promise<void> {
  try {
    await endOfJob(session, job, signal);
  } catch (error) {
    if (signal.aborted || !isLost(error, age)) throw error;
    session.log.warn({ job, reason: String(error) }, 'bulk.lost');
  }
}

/** Zoho knows nothing of it, or keeps it waiting for ever. */
function isLost(error: unknown, age: number): boolean {
  if (error instanceof CallError) return error.disposition === 'reject';
  return age > lostAfterMs;
}
