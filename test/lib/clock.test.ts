import { expect, it } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';

it('a sleep that is stopped ends with the reason it was stopped for', async () => {
  const stop = new AbortController();
  const sleep = systemClock.sleep(60_000, stop.signal);
  stop.abort(new Error('enough'));
  await expect(sleep).rejects.toThrow('enough');
});
