import { describe, expect, it } from 'vitest';
import { cellsOf } from '../../../src/score/clv/cells.ts';
import { gammaGammaObjective } from '../../../src/score/clv/gamma-gamma-objective.ts';
import { nbdObjective } from '../../../src/score/clv/nbd-objective.ts';
import type { Objective } from '../../../src/score/clv/objective.ts';
import { repeatSpend } from '../../../src/score/clv/repeat-spend.ts';
import { simulated } from './simulate.ts';

describe('the analytic slopes', () => {
  const expectSlopes = (objective: Objective, point: readonly number[]): void => {
    const { gradient } = objective(point);
    for (const [at, slope] of gradient.entries()) {
      const shifted = (by: number): number =>
        objective(point.map((part, i) => (i === at ? part + by : part))).value;
      const measured = (shifted(1e-4) - shifted(-1e-4)) / 2e-4;
      expect(Math.abs(slope - measured)).toBeLessThan(1e-5 * Math.max(1, Math.abs(slope)));
    }
  };
  const few = simulated(400);

  it.each([0, 1] as const)('of the likelihood of orders (%s)', (extra) => {
    const objective = nbdObjective(cellsOf(few), extra);
    for (const point of [
      [-0.5, 2, 0.1, 0.9],
      [1, 1, -8, 8.5],
      [-3, -1, 2, 3],
    ])
      expectSlopes(objective, point);
  });

  it('of the likelihood of amounts', () => {
    const objective = gammaGammaObjective(repeatSpend(few.x, few.spend));
    expectSlopes(objective, [1, 1, 3]);
    expectSlopes(objective, [7.5, -7.3, -1]);
  });
});
