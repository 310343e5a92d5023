import { expect, it } from 'vitest';
import { withDeadline } from '../../../src/connector/http/deadline.ts';

const timedOut = () => new Error('too late');
const never = () => new Promise<never>(() => undefined);

it('gives the answer', async () => {
  const { signal } = new AbortController();
  expect(await withDeadline(async () => 'yes', 50, signal, timedOut)).toBe('yes');
});

it('gives up when time is over, and tells what it gave up', async () => {
  const { signal } = new AbortController();
  let told: unknown;
  const send = (stop: AbortSignal) => {
    stop.addEventListener('abort', () => {
      told = stop.reason;
    });
    return never();
  };
  await expect(withDeadline(send, 5, signal, timedOut)).rejects.toThrow('too late');
  expect(told).toEqual(timedOut());
});

it('stops at once when the caller does', async () => {
  const stop = new AbortController();
  const running = withDeadline(never, 10_000, stop.signal, timedOut);
  stop.abort(new Error('stopped'));
  await expect(running).rejects.toThrow('stopped');
  await expect(withDeadline(never, 5, stop.signal, timedOut)).rejects.toThrow('stopped');
});
