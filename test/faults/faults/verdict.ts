import { difference } from '../kill/difference.ts';
import type { Outcome } from '../kit/part.ts';
import type { Ended } from './ground.ts';

/** Whether a life ended as one that nothing befell, and said nothing that it must not on the way. */
export function verdictOf(whole: Ended, ended: Ended): Outcome {
  if (ended.died !== null) return { status: 'crash', why: ended.died };
  if (ended.leaked !== null) return { status: 'crash', why: ended.leaked };
  const [expected, found] = [whole, ended].map(({ portal, store }) => ({
    ...{ portal, store, writes: {} },
  }));
  if (expected === undefined || found === undefined) return { status: 'crash', why: 'nothing' };
  const why = difference(expected, found, []);
  if (why === null) return { status: 'equal' };
  const stops = ended.stops.map(({ code }) => code).join(', ');
  return { status: 'mismatch', why: `after ${stops || 'no stop'}: ${why}` };
}
