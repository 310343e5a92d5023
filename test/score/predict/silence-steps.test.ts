import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextSilenceStep, silenceStep } from '../../../src/score/predict/silence-steps.ts';

const silence = fc.integer({ min: 0, max: 30_000 });

describe('steps of silence', () => {
  it.each([
    [0, 0, 7],
    [6, 0, 7],
    [27, 21, 28],
    [28, 28, 42],
    [56, 56, 84],
    [363, 336, 364],
    [364, 364, 455],
    [1091, 1001, 1092],
    [1092, 1092, 1456],
    [1456, 1456, 1820],
  ])('see %i days as %i until day %i', (days, step, next) => {
    expect([silenceStep(days), nextSilenceStep(days)]).toEqual([step, next]);
  });

  it('are the same on every day until the next, and another on that', () => {
    fc.assert(
      fc.property(silence, (days) => {
        const next = nextSilenceStep(days);
        expect(silenceStep(days)).toBeLessThanOrEqual(days);
        expect(silenceStep(next - 1)).toBe(silenceStep(days));
        expect(silenceStep(next)).toBe(next);
        expect(next).toBeGreaterThan(days);
      }),
    );
  });

  it('are few: one day in twenty of a first year, one in ninety of later ones', () => {
    const stepsFrom = (first: number): number =>
      new Set(Array.from({ length: 365 }, (_, at) => silenceStep(first + at))).size;
    expect(stepsFrom(0)).toBeLessThanOrEqual(18);
    expect(stepsFrom(400)).toBeLessThanOrEqual(5);
    expect(stepsFrom(2_000)).toBeLessThanOrEqual(2);
  });
});
