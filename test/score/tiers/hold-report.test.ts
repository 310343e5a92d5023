import { describe, expect, it } from 'vitest';
import { noisyHistories } from '../../../bench/hold/noisy-histories.ts';
import { holdReport } from '../../../src/score/tiers/hold-report.ts';
import { TierTrack } from '../../../src/score/tiers/tier-track.ts';
import { cutsOf } from '../base.ts';
import { policy } from '../default-policy.ts';

const START = 15_000;
const days = Array.from({ length: 104 }, (_, week) => START + 7 * week);
const cuts = cutsOf([]);

describe('tiers over two noisy years', () => {
  const histories = noisyHistories(150, 3, { from: START - 800, to: START + 730 });
  const report = holdReport(histories, days, () => ({ policy, cuts }));

  it('move far less, and flip less than half as often, when they are held still', () => {
    expect(report).toMatchObject({ customers: 150, scorings: 150 * 104 });
    expect(report.without.flips).toBeGreaterThan(20);
    expect(report.with.up + report.with.down).toBeLessThan(
      0.7 * (report.without.up + report.without.down),
    );
    expect(report.with.flips).toBeLessThan(0.5 * report.without.flips);
    expect(report.with.heldShare).toBeLessThan(0.3);
    expect(report.without.heldShare).toBe(0);
  });

  it('move as freely as the value with everything off', () => {
    const hold = { hysteresis: 0, graceDays: 0, stepsDown: 'any', review: 'anytime' } as const;
    const free = { ...policy, tiers: { ...policy.tiers, hold } };
    const { with: held, without } = holdReport(histories, days, () => ({ policy: free, cuts }));
    expect(held).toEqual(without);
  });
});

describe('moves', () => {
  it('are counted between tiers only, a fall that is soon undone as a flip', () => {
    const track = new TierTrack();
    track.begin();
    const ranks: readonly (number | null)[] = [null, 1, 2, 1, 1, 2, null, 0, 0];
    for (const [at, rank] of ranks.entries()) track.add(at * 30, rank, at === 4);
    track.begin();
    for (const [at, rank] of [2, 3, 3, 3, 3, 2].entries()) track.add(at * 30, rank, false);
    expect(track.build()).toEqual({ up: 2, down: 3, flips: 1, moved: 2, heldShare: 0.0769 });
  });

  it('are none without a tier', () => {
    expect(new TierTrack().build()).toMatchObject({ up: 0, heldShare: 0 });
  });
});
