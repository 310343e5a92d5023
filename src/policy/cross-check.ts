import type { z } from 'zod';

/** What is wrong at a place of the policy file. */
export type PolicyProblem = {
  readonly code: 'custom';
  readonly path: PropertyKey[];
  readonly message: string;
};

/** Looks at what one section says of another, in the file as written. */
export type CrossCheck = (written: unknown) => readonly PolicyProblem[];

/** A check that needs only these parts to be readable: the rest of the file may be wrong. */
export function crossCheck<T>(
  parts: z.ZodType<T>,
  problemsOf: (parts: T) => readonly PolicyProblem[],
): CrossCheck {
  return (written) => {
    const read = parts.safeParse(written);
    return read.success ? problemsOf(read.data) : [];
  };
}

export function problemAt(path: PropertyKey[], message: string): PolicyProblem {
  return { code: 'custom', path, message };
}

/** `there are gold, silver`, or that there is none. */
export function thereAre(known: readonly string[]): string {
  return known.length === 0 ? 'there is none' : `there are ${known.join(', ')}`;
}
