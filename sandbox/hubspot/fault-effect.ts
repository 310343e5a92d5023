import { z } from 'zod';
import { wireFault } from '../kit/wire-fault.ts';
import { policies } from './rate-limiter.ts';

const recordIds = z.array(z.string()).min(1).optional();

/**
 * What only a CRM of HubSpot's making can do wrong. `recordIds` names the inputs of a batch that are
 * hit; without it the first `count` are.
 */
const hubspotFault = z.discriminatedUnion('kind', [
  /** 429 although there was room. Nothing is written. */
  z.object({ kind: z.literal('tooMany'), policy: z.enum(policies) }),
  /** 423: heavy sync on the account; the lock lasts two seconds (README, source `errors`). */
  z.object({ kind: z.literal('locked') }),
  /** 477: the portal moves to another data centre; up to 24 hours (README, source `errors`). */
  z.object({ kind: z.literal('migrating'), retryAfterSeconds: z.number().int().default(3600) }),
  /** 500 with HubSpot's JSON. */
  z.object({ kind: z.literal('serverError'), when: z.enum(['before', 'after']).default('before') }),
  /** 207: some inputs are refused, the others written. */
  z.object({ kind: z.literal('partial'), recordIds, count: z.number().int().default(1) }),
  /**
   * A success that wrote nothing for some inputs: either it leaves them out of the results (`omit`),
   * or it repeats what was sent as if it had been stored (`echo`).
   */
  z.object({
    kind: z.literal('silent'),
    mode: z.enum(['omit', 'echo']).default('omit'),
    recordIds,
    count: z.number().int().default(1),
  }),
  /** A record that makes every batch fail in which it is (README 8). */
  z.object({
    kind: z.literal('poison'),
    recordId: z.string(),
    status: z.union([z.literal(400), z.literal(409)]).default(400),
  }),
  /** 401, and the access token stays expired. */
  z.object({ kind: z.literal('expireToken') }),
]);

/** One thing that can go wrong with one call. */
export const faultEffect = z.union([wireFault, hubspotFault]);
export type FaultEffect = Readonly<z.output<typeof faultEffect>>;

/** The effects that look into a batch. */
export type BatchFault = Extract<FaultEffect, { kind: 'partial' | 'silent' }>;
