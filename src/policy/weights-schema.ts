import { z } from 'zod';

const weight = z.number().min(0).max(1000);

/** Weights of the named parts: only their proportions count, and one at least is above zero. */
export function weightsSchema<const K extends string>(
  ...names: readonly K[]
): z.ZodType<Readonly<Record<K, number>>> {
  const shape = z.record(z.enum(names), weight);
  return shape.refine((weights) => Object.values<number>(weights).some((given) => given > 0), {
    message: 'all weights are zero; give one at least',
  });
}
