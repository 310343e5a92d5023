import { z } from 'zod';
import { wireFault } from '../kit/wire-fault.ts';
import { callLimits } from './too-many.ts';

const when = z.enum(['before', 'after']).default('before');
const recordIds = z.array(z.string()).min(1).optional();

/** Why one record of a batch is refused (facts §5.6, §8). */
const recordRefusals = ['INVALID_DATA', 'RECORD_LOCKED', 'NOT_APPROVED', 'NOT_REVIEWED'] as const;
export type RecordRefusal = (typeof recordRefusals)[number];

/**
 * What only a CRM of Zoho's making can do wrong. `recordIds` names the records of a batch that are
 * hit; without it the first `count` are.
 */
const zohoFault = z.discriminatedUnion('kind', [
  /** 429 although there was room. Nothing is done. */
  z.object({ kind: z.literal('tooMany'), limit: z.enum(callLimits).default('concurrency') }),
  /** 401 INVALID_TOKEN, and the access token stays expired. */
  z.object({ kind: z.literal('expireToken') }),
  /** 401 AUTHENTICATION_FAILURE where INVALID_TOKEN is meant (facts §2.3); the token is expired too. */
  z.object({ kind: z.literal('authenticationFailure'), expires: z.boolean().default(true) }),
  /** 401 OAUTH_SCOPE_MISMATCH. */
  z.object({ kind: z.literal('scopeMismatch') }),
  /** 403 NO_PERMISSION. */
  z.object({ kind: z.literal('noPermission'), permission: z.string().default('Crm_Implied_View') }),
  /** 500 INTERNAL_ERROR. */
  z.object({ kind: z.literal('serverError'), when }),
  /** 207: some records are refused, the others written. */
  z.object({
    kind: z.literal('partial'),
    code: z.enum(recordRefusals).default('INVALID_DATA'),
    recordIds,
    count: z.number().int().positive().default(1),
  }),
  /** SUCCESS for records that were not written. */
  z.object({
    kind: z.literal('silent'),
    recordIds,
    count: z.number().int().positive().default(1),
  }),
  /** 400 EXPIRED_VALUE for the next call that carries a page token (facts §4.1). */
  z.object({ kind: z.literal('pageTokenExpired') }),
  /** A bulk job ends FAILURE (read) or FAILED (write). Strikes jobs, not calls: see `job-faults.ts`. */
  z.object({ kind: z.literal('jobFailure') }),
  /** A bulk job's zip is cut in half. */
  z.object({ kind: z.literal('truncatedZip') }),
]);

/** One thing that can go wrong with one call, or with one bulk job. */
export const faultEffect = z.union([wireFault, zohoFault]);
export type FaultEffect = Readonly<z.output<typeof faultEffect>>;

/** The effects that look into a batch. */
export type BatchFault = Extract<FaultEffect, { kind: 'partial' | 'silent' }>;

/** The effects that wait for a bulk job. */
export type JobEffect = Extract<FaultEffect, { kind: 'jobFailure' | 'truncatedZip' }>;

export function isJobEffect(effect: FaultEffect): effect is JobEffect {
  return effect.kind === 'jobFailure' || effect.kind === 'truncatedZip';
}
