import { once } from '../../../src/connector/once.ts';
import type { Outcome } from '../kit/part.ts';
import { isBelieved } from './applies.ts';
import type { Ended, Ground, TenantName } from './ground.ts';
import type { Strike } from './tenant.ts';
import { verdictOf } from './verdict.ts';

/** Lives with strikes and compares with the life that nothing befell. */
export type Compare = (strikes: readonly Strike[], signal: AbortSignal) => Promise<Outcome>;

/**
 * Whoever was lied to about what was stored reads everything again at the end, as every CRM is now and
 * then; and is compared with one that does.
 */
export function comparing(ground: Ground, name: TenantName, whole: Ended): Compare {
  const thatReads = once((signal) => ground.lived(name, { strikes: [], signal, full: true }));
  return async (strikes, signal) => {
    const full = strikes.some(({ effect }) => isBelieved(effect));
    const expected = full ? await thatReads(signal) : whole;
    const ended = await ground.lived(name, { strikes, signal, full });
    // A fault that fits none of these calls, as one of batches at a list of fields.
    if (!ended.struck) return { status: 'equal', tried: 0 };
    return verdictOf(expected, ended);
  };
}
