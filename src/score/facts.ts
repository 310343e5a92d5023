import type { ReasonPart } from '../domain/score.ts';

/** The facts that are known, in the order given. */
export function facts(
  given: Readonly<Record<string, string | number | null>>,
): ReasonPart['facts'] {
  const known: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(given)) if (value !== null) known[name] = value;
  return known;
}
