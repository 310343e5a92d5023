import type { z } from 'zod';

/** A zod check: no two entries of a list have the same `textOf`; `at` is the key it stands under. */
export function unique<T>(
  at: string | null,
  textOf: (entry: T) => string,
): (entries: readonly T[], context: z.core.$RefinementCtx<readonly T[]>) => void {
  return (entries, context) => {
    const seen = new Set<string>();
    for (const [index, entry] of entries.entries()) {
      const text = textOf(entry);
      const path = at === null ? [index] : [index, at];
      if (seen.has(text))
        context.addIssue({ code: 'custom', path, message: `\`${text}\` is given twice` });
      seen.add(text);
    }
  };
}
