/** The models of orders and leaving. */
export const modelNames = ['bgnbd', 'mbgnbd'] as const;
export type ModelName = (typeof modelNames)[number];
