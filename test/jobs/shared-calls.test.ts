import { describe, expect, it } from 'vitest';
import { sharedCalls } from '../../src/jobs/shared-calls.ts';
import { sleep } from '../contract/queue/subject.ts';

describe('calls of the same key', () => {
  it('share the one that begins after they came', async () => {
    const shared = sharedCalls();
    let began = 0;
    const call = async () => {
      began += 1;
      await sleep(20);
    };
    await Promise.all(Array.from({ length: 100 }, () => shared('shop', call)));
    expect(began).toBe(2);
    const before = began;
    await Promise.all([shared('shop', call), shared('outlet', call)]);
    expect(began).toBe(before + 2);
  });

  it('fail alone: the next is made all the same', async () => {
    const shared = sharedCalls();
    let began = 0;
    const call = async () => {
      began += 1;
      await sleep(5);
      if (began === 1) throw new Error('away');
    };
    const outcomes = await Promise.allSettled([
      shared('shop', call),
      shared('shop', call),
      shared('shop', call),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    await shared('shop', call);
    expect(began).toBe(3);
  });
});
