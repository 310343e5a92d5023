/** The cheapest way to write so many changes, computed from the CRM's own figures. */
export type WriteRoute = {
  /** Most changes one `applyBatch` takes on this way. */
  readonly batch: number;
  /** Batches that may be on their way at once. */
  readonly parallel: number;
  readonly calls: number;
  /** Of the quota, in its unit. */
  readonly spends: number;
  /** What was chosen and over what, in words for the admin; `null` where there is no choice. */
  readonly reason: string | null;
};
