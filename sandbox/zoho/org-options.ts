/** Zoho's editions; each has its own credits, concurrency and caps (facts §1). */
export const editions = ['free', 'standard', 'professional', 'enterprise', 'ultimate'] as const;
export type Edition = (typeof editions)[number];

/** What distinguishes one org from another. Every option has a default. */
export interface OrgOptions {
  /** Default `20087654321`. */
  readonly zgid: string;
  /** Now, in epoch milliseconds. Default `Date.now`; a test injects its own. */
  readonly clock: () => number;
  readonly edition: Edition;
  /** User licences: credits grow with them. Default 10. */
  readonly licences: number;
  /** ISO 4217 code of the home currency. Default `USD`. */
  readonly homeCurrency: string;
  /** IANA name of the org's zone; date-times are shown with the offset of `userTimeZone`. */
  readonly timeZone: string;
  /** Of the token's user. Default: the org's. */
  readonly userTimeZone: string | null;
  /** Custom fields a module may have; `null`: what the edition allows. */
  readonly customFieldLimit: number | null;
  /** What an unknown picklist value in a write gets: refused, or stored as it is (facts §6). */
  readonly unknownPickListValue: 'refuse' | 'store';
  /** Whether further currencies may be added; `null`: from enterprise up (facts §9). */
  readonly multiCurrency: boolean | null;
  /** The api name of a label without Latin letters: `field`, `field1` …, or a refusal (facts §6 [?]). */
  readonly otherScripts: 'numbered' | 'refuse';
  /** Whether a change of tags through the tag API moves Modified_Time (facts §4.6 [?]). */
  readonly tagsMoveModifiedTime: boolean;
  /** How long search does not see a change. Default 0. */
  readonly indexLagMs: number;
  /** What a field that is not there (or hidden) gets in a write: passed over, or a refusal. */
  readonly unknownField: 'ignore' | 'refuse';
  /** Whether a deal that a merge gives to the master has a new Modified_Time (facts §9 [?]). */
  readonly mergeTouchesDeals: boolean;
  /** What the children of a merge are in `/deleted` (facts §9 [?]). */
  readonly mergedChild: 'permanent' | 'recycle';
  /** How many rows of `/deleted` may be read; `null`: all (facts §4.4 [?]). */
  readonly deletedLimit: number | null;
}

export const orgDefaults: OrgOptions = {
  zgid: '20087654321',
  clock: Date.now,
  edition: 'enterprise',
  licences: 10,
  homeCurrency: 'USD',
  timeZone: 'UTC',
  userTimeZone: null,
  customFieldLimit: null,
  unknownPickListValue: 'refuse',
  multiCurrency: null,
  otherScripts: 'numbered',
  tagsMoveModifiedTime: false,
  indexLagMs: 0,
  unknownField: 'ignore',
  mergeTouchesDeals: false,
  mergedChild: 'permanent',
  deletedLimit: 2_000,
};
