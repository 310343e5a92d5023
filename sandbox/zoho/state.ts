import { moduleNames } from './module-names.ts';
import type { Org } from './org.ts';

/** The plain facts about an org, for a person to look at. */
export function stateOf(org: Org): Readonly<Record<string, unknown>> {
  const { zgid, edition, licences, homeCurrency, timeZone } = org.options;
  const records = Object.fromEntries(moduleNames.map((name) => [name, org.records[name].size]));
  return { zgid, edition, licences, homeCurrency, timeZone, records };
}
