/** What a CRM's quota counts: every call alike, or each call by what it costs. */
export const quotaUnits = ['calls', 'credits'] as const;
export type QuotaUnit = (typeof quotaUnits)[number];
