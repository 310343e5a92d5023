import { AssayError } from '../domain/assay-error.ts';
import { type Tell, tellNobody } from '../domain/work-event.ts';
import { backoffMs } from '../lib/backoff.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Claim } from './claim.ts';
import { faultName } from './queue-unavailable.ts';
import { abandoned, type RetryRules, unreadable, verdictOn } from './verdict.ts';
import type { Waiting } from './waiting.ts';
import type { Work } from './work-queue.ts';

export type WorkContext = {
  readonly rules: RetryRules;
  readonly clock: Clock;
  readonly log: Logger;
  /** Told of what is given up. Default: nobody. */
  readonly tell?: Tell;
};

/** Tries at telling the queue what became of a message. In vain, it comes again: one look too many. */
const SETTLE = { tries: 5, backoff: { baseMs: 500, maxMs: 4_000, random: Math.random } };

/** Works on one message and tells the queue what became of it; never throws. */
export async function workOn(
  claim: Claim,
  work: Work,
  signal: AbortSignal,
  ctx: WorkContext,
): Promise<void> {
  const settle = await outcomeOf(claim, work, signal, ctx);
  for (let tried = 1; ; tried += 1) {
    try {
      return await settle();
    } catch (error) {
      ctx.log.warn({ ...facts(claim), error: faultName(error) }, 'queue.settle-failed');
      if (tried >= SETTLE.tries) return;
      await ctx.clock.sleep(backoffMs(tried, SETTLE.backoff));
    }
  }
}

type Settle = () => Promise<void>;

async function outcomeOf(
  claim: Claim,
  work: Work,
  signal: AbortSignal,
  ctx: WorkContext,
): Promise<Settle> {
  const { waiting, losses } = claim;
  if (waiting === null) return () => buried(claim, unreadable, ctx);
  const tried = waiting.attempts + losses;
  if (losses > 0 && tried >= ctx.rules.attempts) return () => buried(claim, abandoned(tried), ctx);
  const lost = new AbortController();
  const stopKeeping = keepClaim(claim, lost, ctx);
  try {
    signal.throwIfAborted();
    if (claim.startsInMs > 0) await ctx.clock.sleep(claim.startsInMs, signal);
    await work(waiting.message, AbortSignal.any([signal, lost.signal]));
    return claim.done;
  } catch (error) {
    if (lost.signal.aborted) return async () => undefined;
    if (signal.aborted && isStop(error)) return claim.release;
    return afterFailure(claim, waiting, error, ctx);
  } finally {
    stopKeeping();
  }
}

/** Stopped on request: by the abort itself, or by a run that reached its checkpoint. */
function isStop(error: unknown): boolean {
  return !(error instanceof AssayError) || error.disposition === 'end-at-checkpoint';
}

function afterFailure(
  claim: Claim,
  { attempts }: Waiting,
  error: unknown,
  ctx: WorkContext,
): Settle {
  const verdict = verdictOn(error, attempts, ctx.rules);
  if (verdict.kind === 'dead') return () => buried(claim, verdict.cause, ctx);
  const { delayMs } = verdict;
  ctx.log.warn({ ...facts(claim), code: codeOf(error), delayMs }, 'queue.again');
  return () => claim.again(delayMs, verdict.attempts);
}

async function buried(
  claim: Claim,
  cause: Parameters<Claim['bury']>[0],
  { log, tell = tellNobody }: WorkContext,
): Promise<void> {
  await claim.bury(cause);
  log.error({ ...facts(claim), code: cause.code, attempts: cause.attempts }, 'queue.dead');
  const connection = claim.waiting?.message.connection ?? null;
  tell({ kind: 'dead', connection, cause: { code: cause.code, todo: cause.todo } });
}

/** Keeps saying that we are at it; aborts `lost` once somebody else is. @returns what ends it. */
function keepClaim(claim: Claim, lost: AbortController, { clock, log }: WorkContext): () => void {
  const stop = new AbortController();
  const every = claim.keepEveryMs;
  const beat = async (ms: number): Promise<void> => {
    while (!lost.signal.aborted) {
      await clock.sleep(ms, stop.signal);
      const isOurs = await claim.keep().catch((error: unknown) => {
        log.warn({ ...facts(claim), error: faultName(error) }, 'queue.keep-failed');
        return true;
      });
      if (!isOurs) lost.abort(claimLost());
    }
  };
  if (every !== null) beat(every).catch(() => undefined);
  return () => stop.abort();
}

function claimLost(): AssayError {
  return new AssayError(
    'CLAIM_LOST',
    'end-at-checkpoint',
    'Another worker was given this message, because this one was not heard of for too long.',
    'Nothing, unless it repeats: then this process is stopped or cut off for minutes.',
  );
}

function facts({ waiting }: Claim) {
  return waiting === null ? {} : waiting.message;
}

function codeOf(error: unknown): string {
  return error instanceof AssayError ? error.code : 'UNEXPECTED';
}
