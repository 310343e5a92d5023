import { describe, expect, it } from 'vitest';
import { CallError } from '../../../src/connector/http/call-error.ts';
import { withRetry } from '../../../src/connector/http/retry.ts';
import type { Disposition } from '../../../src/domain/assay-error.ts';

type Facts = { readonly waitMs?: number; readonly mayHaveHappened?: boolean };

function failure(disposition: Disposition, facts: Facts = {}): CallError {
  return new CallError({ code: 'SOME', disposition, message: 'm', todo: 't', ...facts });
}

/** Fails with each of `errors` in turn, then succeeds. */
async function run(errors: readonly CallError[], repeatable = true) {
  const left = [...errors];
  const slept: number[] = [];
  let refreshed = 0;
  const result = withRetry(
    async () => {
      const error = left.shift();
      if (error !== undefined) throw error;
      return 'done';
    },
    {
      policy: { attempts: 3, waits: 4, backoff: { baseMs: 100, maxMs: 1_000, random: () => 0 } },
      clock: { now: () => 0, sleep: async (ms) => void slept.push(ms) },
      signal: new AbortController().signal,
      repeatable,
      refresh: async () => {
        refreshed += 1;
      },
      onFailure: () => undefined,
    },
  );
  const settled = await result.catch((error: unknown) => error);
  return { settled, slept, refreshed, attempts: errors.length - left.length };
}

describe('the retry loop', () => {
  it('backs off from a passing fault, twice as long each time', async () => {
    const { settled, slept } = await run([failure('retry'), failure('retry')]);
    expect([settled, slept]).toEqual(['done', [50, 100]]);
  });

  it('gives up after its attempts', async () => {
    const errors = Array.from({ length: 5 }, () => failure('retry'));
    const { settled, attempts } = await run(errors);
    expect([settled, attempts]).toEqual([errors[2], 3]);
  });

  it('waits as long as the CRM asks, more often than it retries', async () => {
    const errors = Array.from({ length: 4 }, () => failure('wait', { waitMs: 7 }));
    const { settled, slept } = await run(errors);
    expect([settled, slept]).toEqual(['done', [7, 7, 7, 7]]);
  });

  it('renews the token once', async () => {
    expect(await run([failure('refresh')])).toMatchObject({ settled: 'done', refreshed: 1 });
    const twice = await run([failure('refresh'), failure('refresh')]);
    expect(twice.settled).toMatchObject({ disposition: 'refresh' });
  });

  it('does not repeat a write that may have happened', async () => {
    const { settled } = await run([failure('retry', { mayHaveHappened: true })], false);
    expect(settled).toMatchObject({ code: 'WRITE_UNCERTAIN', disposition: 'ask' });
  });

  it('repeats a write that was never sent, and one that was refused', async () => {
    const { settled } = await run([failure('retry'), failure('wait', { waitMs: 1 })], false);
    expect(settled).toBe('done');
  });

  it.each(['pause-connection', 'end-at-checkpoint', 'reject', 'ask', 'refuse-to-start'] as const)(
    'passes %s on at once',
    async (disposition) => {
      const error = failure(disposition);
      expect(await run([error])).toMatchObject({ settled: error, attempts: 1, slept: [] });
    },
  );
});
