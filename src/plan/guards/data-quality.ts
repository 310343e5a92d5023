import { percent } from './figures.ts';
import type { Guard } from './guard.ts';

/** Too little is filled in the records for classes to be relied on. */
export const dataQuality: Guard = ({ brake, now }) => {
  const gate = brake.dataQuality;
  if (gate === null || now.completeness === null || now.customers < brake.leastCustomers)
    return null;
  if (now.completeness >= gate) return null;
  return `Records are ${shown(now.completeness, gate)} complete on average; the gate is ${percent(gate, 9)}.`;
};

/** Never as the gate itself. */
function shown(completeness: number, gate: number): string {
  const text = percent(completeness);
  return text === percent(gate) ? percent(completeness, 4) : text;
}
