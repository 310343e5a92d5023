import type { z } from 'zod';

/**
 * A zod check: no two entries of a list have the same text, by any of `textsOf`; `at` is the key
 * it stands under. An entry is reported once.
 */
export function unique<T>(
  at: string | null,
  ...textsOf: readonly ((entry: T) => string)[]
): (entries: readonly T[], context: z.core.$RefinementCtx<readonly T[]>) => void {
  return (entries, context) => {
    const seen = textsOf.map(() => new Set<string>());
    for (const [index, entry] of entries.entries()) {
      const texts = textsOf.map((textOf) => textOf(entry));
      const twice = texts.find((text, of) => seen[of]?.has(text));
      const path = at === null ? [index] : [index, at];
      if (twice !== undefined)
        context.addIssue({ code: 'custom', path, message: `\`${twice}\` is given twice` });
      for (const [of, text] of texts.entries()) seen[of]?.add(text);
    }
  };
}
