import type { GuardName, Hold } from '../../domain/hold.ts';
import { currencyMix } from './currency-mix.ts';
import { dataQuality } from './data-quality.ts';
import { customersFell, revenueFell } from './fell.ts';
import type { BrakeInput, Guard } from './guard.ts';
import { sourceEmpty } from './source-empty.ts';
import { tierCustomers, tierRevenue } from './tier-share.ts';
import { tierDoubled, tierEmptied } from './tier-sizes.ts';

/**
 * Guards that look at a finished plan, causes before what follows from them. What a listing leaves out
 * the pull asks by itself, and the canary is written.
 */
export const planGuards: readonly (readonly [GuardName, Guard])[] = [
  ['source-empty', sourceEmpty],
  ['customers-fell', customersFell],
  ['revenue-fell', revenueFell],
  ['currency-mix', currencyMix],
  ['data-quality', dataQuality],
  ['tier-customers', tierCustomers],
  ['tier-revenue', tierRevenue],
  ['tier-emptied', tierEmptied],
  ['tier-doubled', tierDoubled],
];

/** Every guard that holds a plan. */
export function holdsOf(input: BrakeInput): readonly Hold[] {
  return planGuards.flatMap(([by, guard]) => {
    const because = guard(input);
    return because === null ? [] : [{ by, because }];
  });
}
