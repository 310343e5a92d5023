import { dayNumber } from '../domain/day.ts';
import { isOverrideFamily, type Override, overrideFamilies } from '../domain/override.ts';
import { entriesOf, keyMeant } from '../policy/class-catalogue.ts';
import type { Policy } from '../policy/schema.ts';

/** What somebody wants of a customer, as written. */
export type WantedOverride = {
  readonly family: string;
  readonly class: string;
  readonly why: string;
  readonly by: string;
  /** `null` or empty has no end. */
  readonly until: string | null;
};

export type CheckedOverride =
  | { readonly status: 'good'; readonly override: Omit<Override, 'source'> }
  | { readonly status: 'bad'; readonly problems: readonly string[] };

/** Characters of a reason or a name. */
const LONGEST = 200;

/** Checks what is written against the policy; every problem at once. */
export function checkOverride(wanted: WantedOverride, policy: Policy): CheckedOverride {
  const family = isOverrideFamily(wanted.family) ? wanted.family : null;
  const key = family === null ? null : keyMeant(policy, family, wanted.class);
  const until = wanted.until?.trim() || null;
  const why = wanted.why.trim();
  const by = wanted.by.trim();
  const problems = [
    ...(family === null
      ? [`no family "${wanted.family}"; there are ${all(overrideFamilies)}`]
      : []),
    ...classProblems(wanted, policy),
    ...textProblems('reason (why)', why),
    ...textProblems('name of who says so (by)', by),
    ...(until !== null && dayNumber(until) === null
      ? [`"${until}" is no day such as 2027-12-31`]
      : []),
  ];
  if (family === null || key === null || problems.length > 0) return { status: 'bad', problems };
  return { status: 'good', override: { family, class: key, why, by, until } };
}

/** Nobody is moved into a class that is no more, although its name is still understood elsewhere. */
function classProblems({ family, class: text }: WantedOverride, policy: Policy): readonly string[] {
  if (!isOverrideFamily(family)) return [];
  const known = entriesOf(policy, family).map(({ key }) => key);
  if (known.length === 0) return [`${family} has no classes in the policy`];
  const meant = keyMeant(policy, family, text);
  const wanted = text.trim().toLowerCase();
  const gone = policy.retired.find((one) => one.family === family && one.key === wanted);
  if (gone !== undefined)
    return [`the class "${gone.key}" of ${family} was retired (now: ${gone.to})`];
  return meant === null ? [`${family} has no class "${text}"; there are ${all(known)}`] : [];
}

function textProblems(what: string, text: string): readonly string[] {
  if (text === '') return [`the ${what} is missing`];
  return [...text].length > LONGEST ? [`the ${what} is longer than ${LONGEST} characters`] : [];
}

function all(keys: readonly string[]): string {
  return keys.join(', ');
}
