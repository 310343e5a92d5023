import type { Edition } from './org-options.ts';

/** How many fields of a kind a module may have. */
export interface FieldLimits {
  readonly customFields: number;
  readonly uniqueFields: number;
}

// Totals per edition are not in the facts (§1 [?]): chosen so that small editions fill up soon. An
// org is asked through __features, never assumed.
const limits: Readonly<Record<Edition, FieldLimits>> = {
  free: { customFields: 10, uniqueFields: 1 },
  standard: { customFields: 25, uniqueFields: 2 },
  professional: { customFields: 155, uniqueFields: 5 },
  enterprise: { customFields: 300, uniqueFields: 10 },
  ultimate: { customFields: 500, uniqueFields: 15 },
};

/** What an edition allows, or what an org was given instead. */
export function fieldLimits(edition: Edition, customFields: number | null): FieldLimits {
  const usual = limits[edition];
  return { ...usual, customFields: customFields ?? usual.customFields };
}
