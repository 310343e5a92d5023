import { expect } from 'vitest';

/** Within `relative` of the reference; one that is 0 to all its digits, within 1e-14. */
export function expectClose(value: number, reference: number, relative = 1e-10): void {
  const scale = Math.abs(reference) < 1e-60 ? 1e-14 / relative : Math.abs(reference);
  expect(Math.abs(value - reference) / scale, `${value} for ${reference}`).toBeLessThanOrEqual(
    relative,
  );
}
