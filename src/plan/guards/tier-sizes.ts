import { count } from './figures.ts';
import type { BrakeInput, Guard } from './guard.ts';
import { noTier } from './tier-share.ts';

/** A tier that had customers would have none. */
export const tierEmptied: Guard = (input) => {
  const emptied = sizes(input).filter(({ before, after }) => isLarge(before, input) && after <= 0);
  return told(emptied, 'would be left without any customer');
};

/** A tier would have twice as many customers, or more. */
export const tierDoubled: Guard = (input) => {
  const doubled = sizes(input).filter(
    ({ before, after }) => isLarge(before, input) && after >= 2 * before,
  );
  return told(doubled, 'would have at least twice as many customers');
};

type Size = { readonly tier: string; readonly before: number; readonly after: number };

function isLarge(before: number, { brake }: BrakeInput): boolean {
  return brake.tierSizes && before >= brake.leastCustomers;
}

/**
 * Who had no tier counts once a run has written: until then most of a base has none, and a first run
 * that stopped half way would find each tier grown by the other half.
 */
function sizes({ held, moves, before }: BrakeInput): readonly Size[] {
  const counted = moves.filter(({ from }) => from !== noTier || before !== null);
  return held.map(({ tier, customers }) => {
    const came = ofMoves(counted, ({ to, from }) => to === tier && from !== tier);
    const left = ofMoves(counted, ({ to, from }) => from === tier && to !== tier);
    return { tier, before: customers, after: customers + came - left };
  });
}

function ofMoves(
  moves: BrakeInput['moves'],
  isMeant: (move: BrakeInput['moves'][number]) => boolean,
): number {
  return moves.filter(isMeant).reduce((total, { customers }) => total + customers, 0);
}

function told(found: readonly Size[], what: string): string | null {
  if (found.length === 0) return null;
  const shown = found.map(
    ({ tier, before, after }) => `${tier} (${count(before)} now, ${count(after)} then)`,
  );
  return `${found.length === 1 ? 'Tier' : 'Tiers'} ${shown.join(', ')} ${what}.`;
}
