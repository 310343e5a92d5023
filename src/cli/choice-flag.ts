import type { Flags } from './flags.ts';
import { usageInvalid } from './usage-invalid.ts';

/** The word given with `--name`, one of `words`; `@throws` AssayError `USAGE_INVALID` for another. */
export function choiceFlag<Word extends string>(
  flags: Flags,
  name: string,
  words: readonly Word[],
): Word | undefined {
  const text = flags.text(name);
  const word = words.find((known) => known === text);
  if (text === undefined || word !== undefined) return word;
  throw usageInvalid(`--${name} is no "${text}"`, `It takes one of: ${words.join(', ')}.`);
}
