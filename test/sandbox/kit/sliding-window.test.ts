import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../sandbox/kit/random.ts';
import { SlidingWindow } from '../../../sandbox/kit/sliding-window.ts';

describe('a sliding window', () => {
  it('lets the limit through at once, and the next call when the first is a window old', () => {
    const window = new SlidingWindow(3, 1_000);
    for (const at of [0, 1, 2]) {
      expect(window.hasRoom(at)).toBe(true);
      window.take(at);
    }
    expect(window.hasRoom(999)).toBe(false);
    expect(window.hasRoom(1_000)).toBe(true);
  });

  it('does not open as a whole at the end of a second, as a fixed window would', () => {
    const window = new SlidingWindow(2, 1_000);
    window.take(900);
    window.take(950);
    expect(window.hasRoom(1_001)).toBe(false);
  });

  it('says how much is left', () => {
    const window = new SlidingWindow(3, 1_000);
    window.take(0);
    window.take(500);
    expect(window.remaining(600)).toBe(1);
    expect(window.remaining(1_200)).toBe(2);
  });

  it('never lets more than the limit through in any window, whatever the arrivals', () => {
    const random = seededRandom(7);
    const window = new SlidingWindow(5, 100);
    const admitted: number[] = [];
    let now = 0;
    for (let call = 0; call < 2_000; call += 1) {
      now += random.below(20);
      const recent = admitted.filter((at) => at > now - 100).length;
      expect(window.remaining(now)).toBe(5 - recent);
      if (!window.hasRoom(now)) continue;
      window.take(now);
      admitted.push(now);
    }
    expect(admitted.length).toBeGreaterThan(500);
    const crowded = admitted.filter((at, index) => at - (admitted[index - 5] ?? -100) < 100);
    expect(crowded).toEqual([]);
  });
});
