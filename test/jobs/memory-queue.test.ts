import { memoryQueue } from '../../src/jobs/memory-queue.ts';
import { testContext } from '../contract/queue/subject.ts';
import { describeQueue } from '../contract/queue.contract.ts';

describeQueue('in memory', async () => {
  const queue = memoryQueue(testContext);
  return {
    open: async () => queue,
    loseOne: null,
    poison: null,
    mostOfBurst: 1,
    keepMs: 500,
    close: async () => undefined,
  };
});
