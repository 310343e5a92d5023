import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextSilenceStep, silenceStep } from '../../../src/score/predict/silence-steps.ts';

const silence = fc.integer({ min: 0, max: 30_000 });

describe('steps of silence', () => {
  it.each([
    [0, 0, 7],
    [6, 0, 7],
    [7, 7, 14],
    [364, 270, 365],
    [1094, 730, 1095],
    [1095, 1095, 1460],
    [1459, 1095, 1460],
    [1460, 1460, 1825],
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

  it('are few: at most one day in twenty of a year of the longest silences', () => {
    const days = Array.from({ length: 365 }, (_, at) => at + 7);
    expect(new Set(days.map(silenceStep)).size).toBeLessThanOrEqual(18);
  });
});
