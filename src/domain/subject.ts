/** What a connection scores. In the code both are a *customer*. */
export const subjects = ['contact', 'company'] as const;
export type Subject = (typeof subjects)[number];

/**
 * How a deal with several customers is shared out.
 * `split`: equal parts, the odd minor units to the first ids, so the sum is the deal.
 * `primary`: all of it to the primary customer (the CRM's mark, else the lowest id).
 * `all`: all of it to each; the sum over customers then exceeds won revenue.
 */
export const attributions = ['split', 'primary', 'all'] as const;
export type Attribution = (typeof attributions)[number];
