import { describe, expect, it } from 'vitest';
import { sampleLatency } from '../../../sandbox/kit/latency.ts';
import { seededRandom } from '../../../sandbox/kit/random.ts';

const samples = (seed: number, count = 4_000) => {
  const random = seededRandom(seed);
  const spec = { kind: 'lognormal', medianMs: 300, sigma: 0.5 } as const;
  return Array.from({ length: count }, () => sampleLatency(spec, random)).toSorted((a, b) => a - b);
};

describe('latency', () => {
  it('is the same again from the same seed, and other from another', () => {
    expect(samples(1, 10)).toEqual(samples(1, 10));
    expect(samples(1, 10)).not.toEqual(samples(2, 10));
  });

  it('has the median and the tail that a log-normal one is asked for', () => {
    const sorted = samples(3);
    expect(sorted[2_000]).toBeGreaterThan(280);
    expect(sorted[2_000]).toBeLessThan(320);
    const p99 = sorted[3_960] ?? 0;
    expect(p99 / 300).toBeGreaterThan(2.7);
    expect(p99 / 300).toBeLessThan(3.8);
  });

  it('stays within the bounds of a uniform one', () => {
    const random = seededRandom(5);
    const spec = { kind: 'uniform', minMs: 10, maxMs: 20 } as const;
    for (let index = 0; index < 1_000; index += 1) {
      const ms = sampleLatency(spec, random);
      expect(ms).toBeGreaterThanOrEqual(10);
      expect(ms).toBeLessThan(20);
    }
  });
});
