import { z } from 'zod';
import { idText } from './wire.ts';

export const accountDetails = z.object({
  portalId: idText,
  accountType: z.string().nullish(),
  timeZone: z.string().min(1),
  companyCurrency: z.string().nullish(),
});
export type AccountDetails = z.output<typeof accountDetails>;

/** Daily usage of private apps; shaped as one object or a list of them. */
const usage = z.object({
  usageLimit: z.number().nullish(),
  currentUsage: z.number().nullish(),
});
export const dailyUsage = z.union([
  z.object({ results: z.array(usage) }).transform(({ results }) => results[0] ?? {}),
  z.array(usage).transform((all) => all[0] ?? {}),
  usage,
]);

export const pipelineList = z.object({
  results: z.array(
    z.object({
      label: z.string().catch(''),
      stages: z.array(
        z.object({
          id: idText,
          label: z.string().catch(''),
          metadata: z.record(z.string(), z.union([z.string(), z.boolean(), z.number()])).catch({}),
        }),
      ),
    }),
  ),
});

export const exchangeRates = z.object({
  results: z.array(
    z.object({
      fromCurrencyCode: z.string(),
      toCurrencyCode: z.string(),
      conversionRate: z.number().positive(),
    }),
  ),
});
