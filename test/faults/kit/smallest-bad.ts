import fc from 'fast-check';
import type { Outcome } from './part.ts';

/** Making a bad one smaller ends here. */
const mostMs = 200_000;

/** Tries one that chance draws, and if it is bad, the smallest that still is. */
export async function smallestBad<T>(
  drawn: fc.Arbitrary<T>,
  seed: number,
  attempt: (one: T) => Promise<Outcome>,
): Promise<Outcome> {
  let smallest: Outcome = { status: 'equal' };
  const law = fc.asyncProperty(drawn, async (one) => {
    const outcome = await attempt(one);
    if (outcome.status === 'equal') return true;
    smallest = { ...outcome, why: `${outcome.why}\n  by ${JSON.stringify(one)}` };
    return false;
  });
  const found = await fc.check(law, {
    ...{ seed, numRuns: 1, endOnFailure: false },
    interruptAfterTimeLimit: mostMs,
  });
  if (smallest.status !== 'equal') return smallest;
  if (found.errorInstance !== null && found.errorInstance !== undefined) throw found.errorInstance;
  return smallest;
}
