import { z } from 'zod';
import { type LatencySpec, latencySpec } from './latency.ts';

const milliseconds = String.raw`(\d+(?:\.\d+)?)`;
const fixed = new RegExp(`^${milliseconds}$`);
const uniform = new RegExp(`^${milliseconds}-${milliseconds}$`);
const lognormal = new RegExp(`^${milliseconds}~${milliseconds}$`);

/** A latency as a person types it: `none`, `300`, `200-400` or `300~0.5` (median~sigma). */
export const latencyText = z.string().transform((text, context): LatencySpec => {
  const spec = latencySpec.safeParse(latencyOf(text));
  if (spec.success) return spec.data;
  context.addIssue({ code: 'custom', message: `not a latency: ${text}` });
  return z.NEVER;
});

function latencyOf(text: string): unknown {
  if (text === 'none') return { kind: 'none' };
  const [, ms] = fixed.exec(text) ?? [];
  if (ms !== undefined) return { kind: 'fixed', ms: Number(ms) };
  const [, minMs, maxMs] = uniform.exec(text) ?? [];
  if (maxMs !== undefined) return { kind: 'uniform', minMs: Number(minMs), maxMs: Number(maxMs) };
  const [, medianMs, sigma] = lognormal.exec(text) ?? [];
  return { kind: 'lognormal', medianMs: Number(medianMs), sigma: Number(sigma) };
}
