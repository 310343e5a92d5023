import { describe, expect, it } from 'vitest';
import { AssayError } from '../../../src/domain/assay-error.ts';
import type { WorkQueue } from '../../../src/jobs/work-queue.ts';
import { sleep, until, watch } from './subject.ts';

/** A worker that is asked to stop. */
export function describeStopping(open: () => Promise<WorkQueue>): void {
  describe('stopping', () => {
    it('finishes what runs, and begins nothing new', async () => {
      const queue = await open();
      for (const connection of ['a', 'b']) await queue.send({ connection, reason: 'schedule' });
      let finished = 0;
      const watched = watch([queue], 1, async () => {
        await sleep(500);
        finished += 1;
      });
      await until(() => watched.seen.length === 1);
      watched.askToStop();
      await watched.stopped;
      expect(finished).toBe(1);
      expect(watched.seen).toHaveLength(1);
      const next = watch([queue], 1, async () => undefined);
      await until(() => next.seen.length === 1);
      await next.stop();
      expect(next.seen[0]?.connection).not.toBe(watched.seen[0]?.connection);
    });

    it('tells the work, and puts back at once what stopped for that', async () => {
      const queue = await open();
      await queue.send({ connection: 'shop', reason: 'schedule' });
      const watched = watch([queue], 1, async (_message, signal) => {
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        throw new AssayError('STOPPED', 'end-at-checkpoint', 'Asked to stop.', 'Nothing.');
      });
      await until(() => watched.seen.length === 1);
      await watched.stop();
      const next = watch([queue], 1, async () => undefined);
      await until(() => next.seen.length === 1, 5_000);
      await next.stop();
      expect(await queue.deadLetters()).toEqual([]);
    });

    it('ends soon when nothing runs', async () => {
      const queue = await open();
      const { stop } = watch([queue], 4, async () => undefined);
      await sleep(100);
      const askedAt = Date.now();
      await stop();
      expect(Date.now() - askedAt).toBeLessThan(2_000);
    });
  });
}
