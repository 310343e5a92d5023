import { describe, expect, it } from 'vitest';
import type { WorkQueue } from '../../../src/jobs/work-queue.ts';
import { type QueueUnderTest, sleep, until, watch } from './subject.ts';

/** Whatever was said is looked at, by one at a time. */
export function describeDelivery(get: () => QueueUnderTest, open: () => Promise<WorkQueue>): void {
  describe('delivery', () => {
    it('hands over what was sent, and then nothing waits', async () => {
      const queue = await open();
      await queue.send({ connection: 'shop', reason: 'schedule' });
      const { seen, stop } = watch([queue], 2, async () => undefined);
      await until(() => seen.length > 0);
      await stop();
      expect(seen).toEqual([{ connection: 'shop', reason: 'schedule' }]);
      await until(async () => (await queue.depth()).waiting === 0);
      expect(await queue.depth()).toEqual({ waiting: 0, oldestMs: null, dead: 0 });
    });

    it('makes several that wait for a connection one', async () => {
      const queue = await open();
      for (let sent = 0; sent < 20; sent += 1)
        await queue.send({ connection: 'shop', reason: 'webhook' });
      const { seen, stop } = watch([queue], 4, async () => undefined);
      await until(() => seen.length > 0);
      await sleep(1_500);
      await stop();
      expect(seen.length).toBeLessThanOrEqual(get().mostOfBurst);
    });

    it('looks again for what was said while it was at work', async () => {
      const queue = await open();
      await queue.send({ connection: 'shop', reason: 'webhook' });
      const { seen, stop } = watch([queue], 4, async (_message, _signal, time) => {
        if (time === 1) await queue.send({ connection: 'shop', reason: 'webhook' });
        if (time === 1) await sleep(300);
      });
      await until(() => seen.length === 2);
      await stop();
    });

    it('never looks before the last word was said, however fast they come', async () => {
      const queue = await open();
      let said = 0;
      let found = 0;
      const { stop } = watch([queue], 4, async () => {
        found = said;
      });
      for (let round = 0; round < 40; round += 1) {
        said += 1;
        await queue.send({ connection: 'shop', reason: 'webhook' });
        await sleep(round % 7 === 0 ? 150 : 10);
      }
      await until(() => found === said);
      await stop();
    });

    it('works on a connection once at a time, with many consumers on many connections', async () => {
      const queues = [await open(), await open(), await open()];
      const [first = queues[0]] = queues;
      const names = Array.from({ length: 10 }, (_, index) => `portal-${index}`);
      const watched = watch(queues, 3, async () => sleep(60));
      for (let round = 0; round < 3; round += 1) {
        for (const connection of names) await first?.send({ connection, reason: 'webhook' });
        await sleep(200);
      }
      const last = new Set<string>();
      await until(() => {
        for (const { connection } of watched.seen) last.add(connection);
        return last.size === names.length;
      });
      await until(async () => (await first?.depth())?.waiting === 0);
      await watched.stop();
      expect(watched.mostOfOne()).toBe(1);
      expect(watched.most()).toBeGreaterThan(1);
    });

    it('works on no more connections at once than it was told', async () => {
      const queue = await open();
      for (const connection of ['a', 'b', 'c', 'd', 'e', 'f'])
        await queue.send({ connection, reason: 'schedule' });
      const watched = watch([queue], 2, async () => sleep(100));
      await until(() => watched.seen.length === 6);
      await watched.stop();
      expect(watched.most()).toBe(2);
      expect(new Set(watched.seen.map(({ connection }) => connection)).size).toBe(6);
    });

    it('does not let a connection at work keep others waiting', async () => {
      const queue = await open();
      await queue.send({ connection: 'long', reason: 'schedule' });
      const watched = watch([queue], 2, async ({ connection }) =>
        sleep(connection === 'long' ? 4_000 : 0),
      );
      await until(() => watched.seen.length === 1);
      await queue.send({ connection: 'long', reason: 'webhook' });
      await sleep(50);
      const sentAt = Date.now();
      await queue.send({ connection: 'short', reason: 'webhook' });
      await until(() => watched.seen.some(({ connection }) => connection === 'short'));
      expect(Date.now() - sentAt).toBeLessThan(2_500);
      await watched.stop();
    });

    it('waits as long as it was told, and no longer than the earliest', async () => {
      const queue = await open();
      const sentAt = Date.now();
      const cameAfter = new Map<string, number>();
      await queue.send({ connection: 'much-later', reason: 'continue' }, { delayMs: 7_000 });
      await queue.send({ connection: 'later', reason: 'continue' }, { delayMs: 1_500 });
      await queue.send({ connection: 'both', reason: 'schedule' }, { delayMs: 60_000 });
      await queue.send({ connection: 'both', reason: 'webhook' });
      const { stop } = watch([queue], 4, async ({ connection }) => {
        cameAfter.set(connection, Date.now() - sentAt);
      });
      await until(() => cameAfter.size === 3);
      await stop();
      expect(cameAfter.get('much-later')).toBeGreaterThanOrEqual(6_990);
      expect(cameAfter.get('later')).toBeGreaterThanOrEqual(1_490);
      expect(cameAfter.get('both')).toBeLessThan(3_000);
    });

    it('keeps the message of a worker that is slower than its time', async () => {
      const { keepMs } = get();
      const queues = [await open(), await open()];
      await queues[0]?.send({ connection: 'shop', reason: 'schedule' });
      const watched = watch(queues, 2, async () => sleep(keepMs * 1.8));
      await until(() => watched.seen.length === 1);
      await sleep(keepMs * 1.6);
      await watched.stop();
      expect(watched.seen).toHaveLength(1);
    });

    it('gives the message of a lost worker to another', async ({ skip }) => {
      const { loseOne, keepMs } = get();
      if (loseOne === null) return skip('a process in which all die together');
      const queue = await open();
      await queue.send({ connection: 'shop', reason: 'schedule' });
      await sleep(400);
      await loseOne();
      const { seen, stop } = watch([queue], 2, async () => undefined);
      await until(() => seen.length > 0, keepMs * 3 + 10_000);
      await stop();
      expect(seen).toEqual([{ connection: 'shop', reason: 'schedule' }]);
      return undefined;
    });
  });
}
