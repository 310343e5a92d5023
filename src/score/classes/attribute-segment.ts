import type { ClassResult } from '../../domain/result.ts';
import type { CustomerDay } from '../customer-day.ts';

/**
 * The first of the user's own segments all of whose attributes fit, capitals aside [D10]; `null`
 * where none does.
 */
export function attributeSegmentOf({ timeline, policy }: CustomerDay): ClassResult | null {
  const { attributes } = timeline.history;
  for (const { key, where } of policy.families.attribute_segment.classes) {
    const facts: Record<string, string> = {};
    for (const [name, values] of Object.entries(where)) {
      const value = attributes[name];
      if (value !== undefined && values.some((each) => plain(each) === plain(value)))
        facts[name] = value;
    }
    if (Object.keys(facts).length === Object.keys(where).length)
      return { key, since: null, code: 'attribute_segment.fits', facts };
  }
  return null;
}

function plain(text: string): string {
  return text.trim().toLowerCase();
}
