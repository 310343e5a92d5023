import { AssayError } from '../../domain/assay-error.ts';
import { type Backoff, backoffMs } from '../../lib/backoff.ts';
import type { Clock } from '../../lib/clock.ts';
import { CallError } from './call-error.ts';

export type RetryPolicy = {
  /** Attempts at a call that fails in passing. Default 6. */
  readonly attempts: number;
  /** Times a call lets itself be told to wait. Default 30. */
  readonly waits: number;
  readonly backoff: Backoff;
};

export const defaultRetryPolicy: RetryPolicy = {
  attempts: 6,
  waits: 30,
  backoff: { baseMs: 500, maxMs: 30_000, random: Math.random },
};

type RetryInput = {
  readonly policy: RetryPolicy;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Making the call twice does no more than making it once. */
  readonly repeatable: boolean;
  /** Renews the access token. */
  readonly refresh: (signal: AbortSignal) => Promise<void>;
  readonly onFailure: (error: CallError, waitMs: number) => void;
};

type Tally = { readonly failures: number; readonly waits: number; readonly refreshes: number };

type Verdict =
  | { readonly kind: 'throw'; readonly error: unknown }
  | { readonly kind: 'refresh' }
  | { readonly kind: 'sleep'; readonly ms: number };

/** The one retry loop: what happens after a failed attempt follows from the error's disposition. */
export async function withRetry<T>(attempt: () => Promise<T>, input: RetryInput): Promise<T> {
  const { clock, signal } = input;
  let tally: Tally = { failures: 0, waits: 0, refreshes: 0 };
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof CallError)) throw error;
      tally = counted(tally, error);
      const verdict = judge(error, tally, input);
      if (verdict.kind === 'throw') throw verdict.error;
      input.onFailure(error, verdict.kind === 'sleep' ? verdict.ms : 0);
      if (verdict.kind === 'refresh') await input.refresh(signal);
      else await clock.sleep(verdict.ms, signal);
    }
  }
}

function counted(tally: Tally, { disposition }: CallError): Tally {
  return {
    failures: tally.failures + (disposition === 'retry' ? 1 : 0),
    waits: tally.waits + (disposition === 'wait' ? 1 : 0),
    refreshes: tally.refreshes + (disposition === 'refresh' ? 1 : 0),
  };
}

function judge(error: CallError, tally: Tally, { policy, repeatable }: RetryInput): Verdict {
  const giveUp: Verdict = { kind: 'throw', error };
  switch (error.disposition) {
    case 'refresh':
      return tally.refreshes === 1 ? { kind: 'refresh' } : giveUp;
    case 'wait': {
      const ms = error.waitMs ?? backoffMs(tally.waits, policy.backoff);
      return tally.waits > policy.waits ? giveUp : { kind: 'sleep', ms };
    }
    case 'retry': {
      if (error.mayHaveHappened && !repeatable)
        return { kind: 'throw', error: writeUncertain(error) };
      const ms = Math.max(backoffMs(tally.failures, policy.backoff), error.waitMs ?? 0);
      return tally.failures >= policy.attempts ? giveUp : { kind: 'sleep', ms };
    }
    default:
      return giveUp;
  }
}

function writeUncertain(cause: CallError): AssayError {
  return new AssayError(
    'WRITE_UNCERTAIN',
    'ask',
    `${cause.message}; it may have been carried out, and sending it again could do it twice`,
    'Look in the CRM whether it is there, then run again.',
    { cause },
  );
}
