/** What an org pays for, smallest first. */
export const editions = ['free', 'standard', 'professional', 'enterprise', 'ultimate'] as const;
export type Edition = (typeof editions)[number];
/** `auto`: what the org says of itself. */
export const settingEditions = ['auto', ...editions] as const;

type Limits = {
  /** Calls that one app may have running at once. */
  readonly concurrency: number;
  /** Credits of any 24 hours: so many, more for each licence, and at most. */
  readonly base: number;
  readonly perLicence: number;
  readonly most: number;
};

// Facts §1, rows “Concurrency” and “Daily credits”.
const limits: Readonly<Record<Edition, Limits>> = {
  free: { concurrency: 5, base: 5_000, perLicence: 0, most: 5_000 },
  standard: { concurrency: 10, base: 50_000, perLicence: 250, most: 100_000 },
  professional: { concurrency: 15, base: 50_000, perLicence: 500, most: 3_000_000 },
  enterprise: { concurrency: 20, base: 50_000, perLicence: 1_000, most: 5_000_000 },
  // No cap is stated for it; without one nothing is asked of the org that it does not have.
  ultimate: { concurrency: 25, base: 50_000, perLicence: 2_000, most: 5_000_000 },
};

/** Complex calls that may run at once, whatever the edition (facts §8). */
export const complexConcurrency = 10;

export function concurrencyOf(edition: Edition): number {
  return limits[edition].concurrency;
}

/** The org's credits of any 24 hours. */
export function dailyCredits(edition: Edition, licences: number): number {
  const { base, perLicence, most } = limits[edition];
  return Math.min(most, base + perLicence * licences);
}

/** Zoho One has Enterprise's limits, CRM Plus has Ultimate's (facts §1). */
const bundles: readonly (readonly [pattern: RegExp, edition: Edition])[] = [
  [/crm ?plus/i, 'ultimate'],
  [/ultimate/i, 'ultimate'],
  [/zoho ?one|enterprise/i, 'enterprise'],
  [/professional/i, 'professional'],
  [/standard/i, 'standard'],
  [/free/i, 'free'],
];

/** The edition behind `license_details.paid_type` or `trial_type`; `null` when it is none we know. */
export function editionOf(type: string): Edition | null {
  return bundles.find(([pattern]) => pattern.test(type))?.[1] ?? null;
}

type TagCaps = { readonly perRecord: number; readonly perModule: number };

// Facts §1, row “Tags”. Of the free edition nothing is stated: the smallest stands for it.
const tags: Readonly<Record<Edition, TagCaps>> = {
  free: { perRecord: 5, perModule: 20 },
  standard: { perRecord: 5, perModule: 20 },
  professional: { perRecord: 10, perModule: 60 },
  enterprise: { perRecord: 10, perModule: 100 },
  ultimate: { perRecord: 10, perModule: 200 },
};

export function tagCaps(edition: Edition): TagCaps {
  return tags[edition];
}
