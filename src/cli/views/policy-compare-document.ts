import { assertNever } from '../../lib/assert-never.ts';
import type { ComparedShadow, ShadowComparison } from '../../run/compare-shadow.ts';
import { leastBuyers, leastDays } from '../../score/shadow/when-to-tell.ts';
import { counted } from './figures.ts';
import { verdictText } from './verdict-text.ts';

export type ComparedPart = ReturnType<typeof comparedPart>;

/** A comparison with what it says in sentences. */
export function comparedPart(found: ShadowComparison) {
  if (found.status === 'waiting')
    return {
      ...found,
      says: 'No full scoring since it was put in shadow, or since another policy is in force: "assay run --full" scores by both.',
    };
  const { figures } = found;
  const verdicts = figures.verdicts.map((verdict) => ({
    ...verdict,
    text: verdictText(verdict, found.currency),
  }));
  return { ...found, figures: { ...figures, verdicts }, says: saysOf(found) };
}

function saysOf(found: ComparedShadow): string {
  switch (found.better) {
    case 'challenger':
      return 'The challenger tells the future better: by some measure beyond chance, by none worse. "assay policy simulate" shows what publishing it would do.';
    case 'champion':
      return 'The policy in force tells the future better: by some measure beyond chance, by none worse.';
    case 'undecided':
      return 'These data do not tell which is better: no measure differs beyond chance, or they contradict each other.';
    case 'too-early':
      return tooEarly(found);
    default:
      return assertNever(found.better);
  }
}

function tooEarly({ days, buyers, telling }: ComparedShadow): string {
  const from = telling.kind === 'ready' ? null : telling.from;
  const when = from === null ? 'Nobody has ordered yet.' : `It will tell from about ${from} on.`;
  return `Too early to tell: ${counted(days, 'day')} and ${counted(buyers, 'buyer')} since, where at least ${leastDays} days and ${leastBuyers} buyers are needed. ${when}`;
}
