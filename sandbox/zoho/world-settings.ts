/**
 * Where a connection to this sandbox finds what the world holds and Zoho has no standard field for:
 * the `fields` of its settings.
 */
export const worldSettings = {
  externalId: 'External_Id',
  referredBy: 'Referred_By',
  eventsInvited: 'Events_Invited',
  eventsAttended: 'Events_Attended',
  feedback: 'Feedback_Count',
  deal: {
    reference: 'Invoice_Number',
    dueOn: 'Due_Date',
    paidOn: 'Paid_Date',
    discount: 'Discount_Amount',
    products: 'Products',
  },
} as const;
