import { z } from 'zod';
import { assertNever } from '../../src/lib/assert-never.ts';
import type { Random } from './random.ts';

/** How long answers take, besides the work itself. Log-normal is what real services look like. */
export const latencySpec = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('fixed'), ms: z.number().min(0) }),
  z.object({ kind: z.literal('uniform'), minMs: z.number().min(0), maxMs: z.number().min(0) }),
  z.object({
    kind: z.literal('lognormal'),
    medianMs: z.number().positive(),
    /** Standard deviation of the logarithm: 0.5 puts one answer in a hundred at 3.2 medians. */
    sigma: z.number().min(0),
  }),
]);
export type LatencySpec = Readonly<z.output<typeof latencySpec>>;

/** The delay of one answer, in milliseconds. */
export function sampleLatency(spec: LatencySpec, random: Random): number {
  switch (spec.kind) {
    case 'none':
      return 0;
    case 'fixed':
      return spec.ms;
    case 'uniform':
      return spec.minMs + random.next() * (spec.maxMs - spec.minMs);
    case 'lognormal':
      return spec.medianMs * Math.exp(spec.sigma * random.normal());
    default:
      return assertNever(spec);
  }
}
