import type { QuotaUnit } from '../../domain/quota.ts';

/** Our share of what the account may use in a day, over all runs. */
export type QuotaBudget = {
  readonly unit: QuotaUnit;
  /** In the quota's unit; `null` until known, and where the CRM states none. */
  readonly budget: number | null;
  readonly used: number;
  /** Whether `used` counts what earlier runs used: from the moment the account is known. */
  readonly isWhole: boolean;
  /**
   * Counts a call that is about to be made.
   * @throws AssayError `QUOTA_SPENT` (end at checkpoint) when our share is used up.
   */
  readonly spend: (units: number) => Promise<void>;
  /** Saves what is not saved yet. */
  readonly flush: () => Promise<void>;
};
