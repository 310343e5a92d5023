import type { ClassResult } from '../../domain/result.ts';
import type { CustomerDay } from '../customer-day.ts';

/**
 * The first of the user's own segments all of whose attributes fit, capitals aside [D10]; `null`
 * where none does.
 */
export function attributeSegmentOf({ timeline, policy }: CustomerDay): ClassResult | null {
  const attributes = new Map(Object.entries(timeline.history.attributes));
  for (const { key, where } of policy.families.attribute_segment.classes) {
    if (where === undefined) continue;
    const wanted = Object.entries(where);
    const fitting = wanted.flatMap(([name, values]) => {
      const value = attributes.get(name);
      return value !== undefined && isAmong(value, values) ? [[name, value] as const] : [];
    });
    if (fitting.length === wanted.length)
      return {
        key,
        since: null,
        code: 'attribute_segment.fits',
        facts: Object.fromEntries(fitting),
      };
  }
  return null;
}

function isAmong(value: string, values: readonly string[]): boolean {
  return values.some((each) => plain(each) === plain(value));
}

function plain(text: string): string {
  return text.trim().toLowerCase();
}
