import { describe, expect, it } from 'vitest';
import { AssayError, type Disposition } from '../../../src/domain/assay-error.ts';
import type { WorkQueue } from '../../../src/jobs/work-queue.ts';
import { type QueueUnderTest, sleep, until, watch } from './subject.ts';

function failure(disposition: Disposition, code = 'TOKEN_REVOKED'): AssayError {
  return new AssayError(code, disposition, 'The token was revoked.', 'Connect again.');
}

/** What became of work that threw. */
export function describeFailures(get: () => QueueUnderTest, open: () => Promise<WorkQueue>): void {
  describe('failures', () => {
    it('tries again after a passing fault, and forgets it', async () => {
      const queue = await open();
      await queue.send({ connection: 'shop', reason: 'webhook' });
      const at: number[] = [];
      const { stop } = watch([queue], 1, async (_message, _signal, time) => {
        at.push(Date.now());
        if (time === 1) throw failure('retry');
      });
      await until(() => at.length === 2);
      await stop();
      expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(590);
      expect(await queue.deadLetters()).toEqual([]);
    });

    it('is not hurried by a new message while it backs off', async () => {
      const queue = await open();
      await queue.send({ connection: 'shop', reason: 'webhook' });
      const at: number[] = [];
      const { stop } = watch([queue], 2, async (_message, _signal, time) => {
        at.push(Date.now());
        if (time === 1) throw failure('wait');
      });
      await until(() => at.length === 1);
      await sleep(100);
      await queue.send({ connection: 'shop', reason: 'manual' });
      await until(() => at.length >= 2);
      await stop();
      expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(590);
    });

    it('is dead after it failed too often, with the reason', async () => {
      const queue = await open();
      await queue.send({ connection: 'shop', reason: 'webhook' });
      const { seen, stop } = watch([queue], 1, async () => {
        throw failure('retry', 'CALL_TIMED_OUT');
      });
      await until(async () => (await queue.deadLetters()).length === 1);
      await stop();
      expect(seen).toHaveLength(3);
      const [letter] = await queue.deadLetters();
      expect(letter).toMatchObject({
        message: { connection: 'shop', reason: 'webhook' },
        code: 'CALL_TIMED_OUT',
        error: 'The token was revoked.',
        todo: 'Connect again.',
        attempts: 3,
      });
      expect(Date.now() - Date.parse(letter?.failedAt ?? '')).toBeLessThan(60_000);
      expect((await queue.depth()).dead).toBe(1);
    });

    it.each(['pause-connection', 'refuse-to-start', 'ask'] as const)(
      'is dead at once when no repetition mends it: %s',
      async (disposition) => {
        const queue = await open();
        await queue.send({ connection: 'shop', reason: 'schedule' });
        const { seen, stop } = watch([queue], 1, async () => {
          throw failure(disposition);
        });
        await until(async () => (await queue.deadLetters()).length === 1);
        await stop();
        expect(seen).toHaveLength(1);
        expect((await queue.deadLetters())[0]?.attempts).toBe(1);
      },
    );

    it('comes again later after an end at a checkpoint, however often', async () => {
      const queue = await open();
      await queue.send({ connection: 'shop', reason: 'schedule' });
      const at: number[] = [];
      const { stop } = watch([queue], 1, async (_message, _signal, time) => {
        at.push(Date.now());
        if (time < 5) throw failure('end-at-checkpoint', 'QUOTA_SPENT');
      });
      await until(() => at.length === 5);
      await stop();
      expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(890);
      expect(await queue.deadLetters()).toEqual([]);
    });

    it('tells of a stranger’s error by name alone', async () => {
      const queue = await open();
      await queue.send({ connection: 'shop', reason: 'schedule' });
      const { stop } = watch([queue], 1, async () => {
        throw new TypeError('maria@example.com has no score; token pat-na1-secret');
      });
      await until(async () => (await queue.deadLetters()).length === 1);
      await stop();
      const [letter] = await queue.deadLetters();
      expect(letter?.code).toBe('UNEXPECTED');
      expect(JSON.stringify(letter)).not.toMatch(/maria|secret/);
    });

    it('puts back one dead letter, or all', async () => {
      const queue = await open();
      let isMended = false;
      const watched = watch([queue], 3, async () => {
        if (!isMended) throw failure('pause-connection');
      });
      for (const connection of ['a', 'b', 'c'])
        await queue.send({ connection, reason: 'schedule' });
      await until(async () => (await queue.deadLetters()).length === 3);
      isMended = true;
      watched.seen.length = 0;
      const [letter] = await queue.deadLetters();
      expect(await queue.retryDead(letter?.id ?? '')).toBe(1);
      await until(() => watched.seen.length === 1);
      expect(watched.seen[0]).toEqual(letter?.message);
      expect(await queue.retryDead('3f0e8f0a-0000-4000-8000-000000000000')).toBe(0);
      expect(await queue.retryDead('nonsense')).toBe(0);
      expect(await queue.deadLetters()).toHaveLength(2);
      expect(await queue.retryDead('all')).toBe(2);
      await until(() => watched.seen.length === 3);
      expect(await queue.deadLetters()).toEqual([]);
      await watched.stop();
    });

    it('buries what is no message of ours, and goes on', async ({ skip }) => {
      const { poison } = get();
      if (poison === null) return skip('a queue that only its own process writes');
      const queue = await open();
      await poison();
      await queue.send({ connection: 'shop', reason: 'schedule' });
      const { seen, stop } = watch([queue], 1, async () => undefined);
      await until(() => seen.length === 1);
      await until(async () => (await queue.deadLetters()).length === 1);
      const [letter] = await queue.deadLetters();
      expect(letter).toMatchObject({ message: null, code: 'MESSAGE_UNREADABLE' });
      expect(await queue.retryDead('all')).toBe(1);
      await until(async () => (await queue.deadLetters()).length === 1);
      await stop();
      expect(seen).toHaveLength(1);
      return undefined;
    });
  });
}
