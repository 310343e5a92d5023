import type { Prospect } from '../../domain/result.ts';
import { isSensitive } from '../../domain/sensitive-attributes.ts';
import type { ProspectProfile } from '../../policy/cut-points.ts';
import type { CustomerDay } from '../customer-day.ts';
import { attributeValue } from './attribute-value.ts';

/** Attributes named at most. */
const MOST_NAMED = 3;

/**
 * How much a customer without an order looks like the best ones [D8]: with L the product of the lifts
 * of its attributes (1 where one is unknown, or no buyer has that value), the score is
 * 100 · L / (1 + L). So 50 is as likely as anybody, above is likelier. Attributes are taken as
 * independent of each other. `null` for who has bought, without a profile, and where nothing the
 * profile knows is known of the customer. Time alone never changes it.
 */
export function prospectOf({ cuts, policy, signals, timeline }: CustomerDay): Prospect | null {
  const { prospects } = cuts;
  if (signals.orders > 0 || prospects === null) return null;
  const { attributes } = timeline.history;
  // In the policy's order, whatever order a store keeps the profile in.
  const known = policy.prospects.attributes.flatMap((attribute) => {
    const lift = liftOf(prospects, attribute, attributeValue(attributes, attribute));
    return lift === null ? [] : [{ attribute, lift }];
  });
  if (known.length === 0) return null;
  // By logarithms, since a product of many may be beyond numbers; a lift of 0 gives a score of 0.
  const logLift = known.reduce((sum, { lift }) => sum + Math.log(lift), 0);
  const because = known
    .filter(({ lift }) => lift > 1)
    .toSorted((one, other) => other.lift - one.lift)
    .slice(0, MOST_NAMED)
    .map(({ attribute, lift }) => ({
      attribute,
      value: attributes[attribute]?.trim() ?? '',
      lift: Math.round(100 * lift) / 100,
    }));
  return { score: Math.round(100 / (1 + Math.exp(-logLift))), because };
}

function liftOf(
  { lifts }: ProspectProfile,
  attribute: string,
  value: string | null,
): number | null {
  if (value === null || isSensitive(attribute) || !Object.hasOwn(lifts, attribute)) return null;
  const ofValue = lifts[attribute] ?? {};
  return Object.hasOwn(ofValue, value) ? (ofValue[value] ?? null) : null;
}
