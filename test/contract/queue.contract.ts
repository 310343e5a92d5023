import { afterEach, beforeEach, describe } from 'vitest';
import type { WorkQueue } from '../../src/jobs/work-queue.ts';
import { describeDelivery } from './queue/delivery.ts';
import { describeFailures } from './queue/failures.ts';
import { describeStopping } from './queue/stopping.ts';
import type { QueueUnderTest } from './queue/subject.ts';

/** What every work queue keeps to. `start` gives an empty one; each test has its own. */
export function describeQueue(name: string, start: () => Promise<QueueUnderTest>): void {
  describe(`the work queue ${name}`, () => {
    let subject: QueueUnderTest | undefined;
    const opened: WorkQueue[] = [];
    beforeEach(async () => {
      subject = await start();
    });
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((queue) => queue.close()));
      await subject?.close();
    });
    const get = (): QueueUnderTest => {
      if (subject === undefined) throw new Error('The queue did not start');
      return subject;
    };
    const open = async (): Promise<WorkQueue> => {
      const queue = await get().open();
      opened.push(queue);
      return queue;
    };
    describeDelivery(get, open);
    describeFailures(get, open);
    describeStopping(open);
  });
}
