/** What a CRM can do and how far; planned around, never thrown. */
export type Capabilities = {
  /** Most changes one `applyBatch` takes. */
  readonly changesPerCall: number;
  /** Most ids one membership call takes. */
  readonly membershipsPerCall: number;
  /** Records a page of a full load holds: the base of the cost estimate. */
  readonly recordsPerPage: number;
  /** Lists whose members we keep. */
  readonly staticLists: boolean;
  /** Lists that the CRM keeps itself by a filter on our field. */
  readonly dynamicLists: boolean;
  /**
   * Own writes carry a marker, so that the next delta can leave them out on the server's side.
   * Without it the connector recognises them by the ledger it is given.
   */
  readonly marksOwnWrites: boolean;
};
