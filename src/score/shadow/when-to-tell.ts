import { dayNumber, dayText } from '../../domain/day.ts';
import type { LocalDay } from '../../domain/time.ts';

/** Fewer days or buyers tell one policy from another by chance alone. */
export const leastDays = 28;
export const leastBuyers = 30;

export type WhenToTell =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'too-early';
      /** From when on it may be told; `null`: nobody has bought yet, so nobody knows. */
      readonly from: LocalDay | null;
    };

/** Whether so many days and buyers after `asOf` tell anything; else when, at the pace of until now. */
export function whenToTell(asOf: LocalDay, today: LocalDay, buyers: number): WhenToTell {
  const start = dayNumber(asOf) ?? 0;
  const days = Math.max(0, (dayNumber(today) ?? 0) - start);
  if (days >= leastDays && buyers >= leastBuyers) return { kind: 'ready' };
  if (buyers >= leastBuyers) return { kind: 'too-early', from: dayText(start + leastDays) };
  if (buyers === 0) return { kind: 'too-early', from: null };
  const needed = Math.ceil((days * leastBuyers) / buyers);
  return { kind: 'too-early', from: dayText(start + Math.max(leastDays, needed, days + 1)) };
}
