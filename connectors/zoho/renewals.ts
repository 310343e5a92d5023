import { CallError } from '../../src/connector/http/call-error.ts';

const most = 10;
const windowMs = 600_000;

type Window = {
  /** Of the renewals that still count. */
  readonly times: readonly number[];
  readonly isFull: boolean;
  /** Until the oldest counts no more. */
  readonly waitMs: number;
};

/** Zoho makes ten access tokens of a refresh token in ten minutes, then none (facts §3). */
export function renewalWindow(times: readonly number[], now: number): Window {
  const recent = times.filter((time) => time > now - windowMs);
  const oldest = recent[0] ?? now;
  return { times: recent, isFull: recent.length >= most, waitMs: oldest + windowMs - now };
}

/**
 * That so many are wanted has a cause which waiting does not cure: the run ends at its checkpoint.
 * `waitMs` is `null` when Zoho said so without a time.
 */
export function renewalsLimited(waitMs: number | null): CallError {
  const minutes = Math.ceil((waitMs ?? windowMs) / 60_000);
  return new CallError({
    code: 'RENEWALS_LIMITED',
    disposition: 'end-at-checkpoint',
    message: `The access token was renewed ten times in ten minutes, which is all that Zoho allows; in ${minutes} min there is another`,
    todo: 'Run again then. If it comes again: without ASSAY_SECRET_KEY no token is kept, and every process renews its own; with it, look what else uses the same refresh token, and give it one of its own.',
  });
}
