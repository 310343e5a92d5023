import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RateBudget } from '../../../src/connector/http/rate-budget.ts';

const signal = new AbortController().signal;

describe('a rate budget', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Starts of `calls` calls that all want to begin now, in ms from now. */
  async function starts(budget: RateBudget, calls: number, within = 120_000) {
    const begun = Date.now();
    const times: number[] = [];
    for (let call = 0; call < calls; call += 1)
      void budget.enter(signal).then(() => times.push(Date.now() - begun));
    await vi.advanceTimersByTimeAsync(within);
    return times;
  }

  it('goes on with the window of an earlier opening', async () => {
    const limit = { calls: 4, intervalMs: 1_000 };
    const first = new RateBudget(limit, 1);
    for (let call = 0; call < 3; call += 1) (await first.enter(signal))();
    first.close();
    const second = new RateBudget(limit, 1);
    second.goOn(first);
    const times = await starts(second, 4, 5_000);
    expect(times).toHaveLength(4);
    expect(times.filter((time) => time < 1_000)).toHaveLength(1);
  });

  it('goes on with it too where it counts from the answer', async () => {
    vi.useRealTimers();
    const limit = { calls: 3, intervalMs: 80 };
    const first = new RateBudget(limit, 1, 'answer');
    for (let call = 0; call < 2; call += 1) (await first.enter(signal))();
    first.close();
    const second = new RateBudget(limit, 1, 'answer');
    second.goOn(first);
    const begun = Date.now();
    const entered = async () => {
      await second.enter(signal);
      return Date.now() - begun;
    };
    const [one, two] = await Promise.all([entered(), entered()]);
    expect(two - one).toBeGreaterThanOrEqual(70);
    second.close();
  });

  it('owes nothing to a window that is over', async () => {
    const limit = { calls: 2, intervalMs: 1_000 };
    const first = new RateBudget(limit, 1);
    (await first.enter(signal))();
    (await first.enter(signal))();
    first.close();
    await vi.advanceTimersByTimeAsync(2_000);
    const second = new RateBudget(limit, 1);
    second.goOn(first);
    expect((await starts(second, 2)).every((time) => time === 0)).toBe(true);
  });

  it('is our share of the limit', () => {
    expect(new RateBudget({ calls: 190, intervalMs: 10_000 }, 0.8).cap).toBe(152);
    expect(new RateBudget({ calls: 1, intervalMs: 1_000 }, 0.1).cap).toBe(1);
  });

  it('never lets more than the cap start in any window, whatever the numbers', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 100, max: 10_000 }),
        fc.integer({ min: 1, max: 40 }),
        async (cap, intervalMs, calls) => {
          const budget = new RateBudget({ calls: cap, intervalMs }, 1);
          const times = await starts(budget, calls, 41 * (intervalMs + 200));
          expect(times).toHaveLength(calls);
          for (const [index, time] of times.entries()) {
            const later = times[index + cap];
            if (later !== undefined) expect(later - time).toBeGreaterThan(intervalMs);
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('uses at least 95 % of the cap while there is work', async () => {
    const budget = new RateBudget({ calls: 190, intervalMs: 10_000 }, 0.8);
    const times = await starts(budget, 20 * 152, 200_000);
    const windows = (times.at(-1) ?? 0) / 10_000;
    expect((19 * 152) / windows).toBeGreaterThan(0.95 * 152);
  });

  it('keeps what was started counted when the limit changes', async () => {
    const budget = new RateBudget({ calls: 10, intervalMs: 10_000 }, 1);
    expect(await starts(budget, 10, 1)).toHaveLength(10);
    budget.setLimit({ calls: 20, intervalMs: 10_000 });
    expect(await starts(budget, 20, 100)).toHaveLength(10);
  });

  it('counts from the answer where that is asked: no call starts within a window of one unanswered', async () => {
    vi.useRealTimers();
    const budget = new RateBudget({ calls: 2, intervalMs: 60 }, 1, 'answer');
    const answered: number[] = [];
    const begun: number[] = [];
    const call = async () => {
      const leave = await budget.enter(signal);
      begun.push(performance.now());
      await new Promise((resolve) => setTimeout(resolve, 30));
      answered.push(performance.now());
      leave();
    };
    await Promise.all(Array.from({ length: 6 }, call));
    budget.close();
    expect((begun[2] ?? 0) - (answered[0] ?? 0)).toBeGreaterThanOrEqual(58);
    expect((begun[4] ?? 0) - (answered[2] ?? 0)).toBeGreaterThanOrEqual(58);
  });

  it('takes waiting callers along when the limit changes', async () => {
    const budget = new RateBudget({ calls: 1, intervalMs: 10_000 }, 1);
    let entered = 0;
    for (let call = 0; call < 5; call += 1)
      void budget.enter(signal).then(() => {
        entered += 1;
      });
    await vi.advanceTimersByTimeAsync(1);
    expect(entered).toBe(1);
    budget.setLimit({ calls: 100, intervalMs: 10_000 });
    await vi.advanceTimersByTimeAsync(100);
    expect(entered).toBe(5);
  });

  it('lets a higher priority go first', async () => {
    const budget = new RateBudget({ calls: 1, intervalMs: 1_000 }, 1);
    const order: string[] = [];
    await budget.enter(signal);
    void budget.enter(signal, 0).then(() => order.push('background'));
    void budget.enter(signal, 10).then(() => order.push('webhook'));
    await vi.advanceTimersByTimeAsync(3_000);
    expect(order).toEqual(['webhook', 'background']);
  });

  it('is held for as long as the CRM says', async () => {
    const budget = new RateBudget({ calls: 5, intervalMs: 1_000 }, 1);
    budget.hold(4_000);
    const times = await starts(budget, 1, 10_000);
    expect(times[0]).toBeGreaterThanOrEqual(4_000);
  });

  it('lets go of who stops waiting', async () => {
    const budget = new RateBudget({ calls: 1, intervalMs: 10_000 }, 1);
    const stop = new AbortController();
    await budget.enter(stop.signal);
    const waiting = budget.enter(stop.signal);
    const expected = expect(waiting).rejects.toThrow('enough');
    stop.abort(new Error('enough'));
    await expected;
  });
});
