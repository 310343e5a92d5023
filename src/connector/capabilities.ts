/** What a CRM can do and how far; planned around, never thrown. */
export type Capabilities = {
  /** Most ids one membership call takes. */
  readonly membershipsPerCall: number;
  /** What such a call costs of the quota when it is full. */
  readonly membershipCallSpends: number;
  /** Lists whose members we keep. */
  readonly staticLists: boolean;
  /** Lists that the CRM keeps itself by a filter on our field. */
  readonly dynamicLists: boolean;
  /**
   * Own writes carry a marker, so that the next delta can leave them out on the server's side.
   * Without it the connector recognises them by the ledger it is given.
   */
  readonly marksOwnWrites: boolean;
  /**
   * A merged record tells which ones it was made of. Without it the one that vanished is only gone,
   * and its deals are read again to see whose they are.
   */
  readonly tracesMerges: boolean;
};
