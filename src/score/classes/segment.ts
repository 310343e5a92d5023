import type { ClassResult } from '../../domain/result.ts';
import { segmentOf } from '../../policy/segment-of.ts';
import type { CustomerDay } from '../customer-day.ts';
import { facts } from '../facts.ts';
import { oldFrom } from './customer-class.ts';

/** What an old customer is called whose scores alone would say new: it bought lately, seldom so far. */
const NOT_NEW = 'promising';

/**
 * The RFM segment by the policy's cells [A2]; `null` without a purchase. New is only who first bought
 * within the policy's days: an old one-time buyer who came back has the same scores.
 */
export function segmentClassOf(day: CustomerDay): ClassResult | null {
  const { rfm } = day.basic;
  if (rfm === null) return null;
  const key = segmentOf(day.policy, rfm);
  const isOld = key === 'new_customers' && day.today >= oldFrom(day);
  return {
    key: isOld ? NOT_NEW : key,
    since: null,
    code: isOld ? 'segment.not_new' : 'segment.cell',
    facts: facts({ ...rfm, firstOrderOn: day.signals.firstOrderOn }),
  };
}
