import type { Prospect } from '../domain/result.ts';
import type { ReasonTexts } from './texts/shape.ts';

/** How many attributes a prospect's text names. */
const TRAITS = 3;

/** The attributes that make a prospect look like the best customers, weightiest first. */
export function prospectTraits({ because }: Prospect, texts: ReasonTexts): string {
  return because
    .slice(0, TRAITS)
    .map(({ attribute, value, lift }) =>
      texts.trait({ attribute, value, lift: Math.round(lift * 10) / 10 }),
    )
    .join(texts.marks.list);
}
