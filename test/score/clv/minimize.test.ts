import { expect, it } from 'vitest';
import { minimize } from '../../../src/score/clv/minimize.ts';
import type { Objective } from '../../../src/score/clv/objective.ts';

it('finds the end of a curved valley', () => {
  const rosenbrock: Objective = ([x = 0, y = 0]) => ({
    value: (1 - x) ** 2 + 100 * (y - x * x) ** 2,
    gradient: [2 * (x - 1) - 400 * x * (y - x * x), 200 * (y - x * x)],
  });
  const { at, converged } = minimize(rosenbrock, [-1.2, 1]);
  expect(converged).toBe(true);
  for (const part of at) expect(part).toBeCloseTo(1, 6);
});

it('ends, and says so, where there is no bottom, or no number', () => {
  const slope: Objective = ([x = 0]) => ({ value: -x, gradient: [-1] });
  expect(minimize(slope, [0]).converged).toBe(false);
  const nowhere: Objective = () => ({ value: Number.NaN, gradient: [1] });
  expect(minimize(nowhere, [3])).toMatchObject({ at: [3], converged: false });
});

it('takes what a large sum’s rounding leaves of a slope for none', () => {
  const offset = 1e9;
  const noisy: Objective = ([x = 0]) => ({
    value: offset + x * x,
    gradient: [2 * x + (x < 1e-3 ? 1e-3 : 0)],
  });
  expect(minimize(noisy, [5]).converged).toBe(true);
});
