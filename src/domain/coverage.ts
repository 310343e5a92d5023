/** What a CRM's data say at all: what nobody has filled is unknown for everybody, never zero. */
export type Coverage = {
  readonly referrals: boolean;
  readonly events: boolean;
  /** Payment dates: due dates alone would make everybody look overdue. */
  readonly dues: boolean;
  readonly feedback: boolean;
  readonly discounts: boolean;
  readonly products: boolean;
  readonly birthdays: boolean;
};
