import { order } from './flatten.ts';
import type { PolicyChange } from './policy-changes.ts';

/** Where a change is, in words: `tiers › gold › share`. */
export function placeInWords({ path }: Pick<PolicyChange, 'path'>): string {
  return path
    .filter((part, at) => part !== 'classes' || at === 0)
    .map((part) => (part === order ? 'order' : spaced(part)))
    .join(' › ');
}

/** `minimumBase` is `minimum base`; keys of classes and cells stay as they are. */
function spaced(part: string): string {
  if (!/^[a-z]+([A-Z][a-z]*)+$/.test(part)) return part;
  return part.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
}

/** A statement's value in words; `nothing` where there is none. */
export function valueInWords(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value))
    return value.length === 0 ? 'empty' : value.map(valueInWords).join(', ');
  if (typeof value !== 'object') return String(value);
  return Object.entries(value)
    .map(([key, part]) => `${key} ${valueInWords(part)}`)
    .join(', ');
}
