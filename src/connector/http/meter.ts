import type { QuotaUnit } from '../../domain/quota.ts';

/** One attempt at a call, as it ended. */
export type CallSeen = {
  /** Method and path without query, ids and names: `GET /crm/objects/2026-03/contacts/{id}`. */
  readonly endpoint: string;
  /** The answer's HTTP status; `null`: none came. */
  readonly status: number | null;
  /** Epoch ms, by our clock. */
  readonly startedAt: number;
  /** From sending to the end of the answer; waiting for a rate limit is not in it. */
  readonly ms: number;
  /**
   * After this call: what we used of our share; a budget of `null` is not limited. `null` before the
   * account is known: what was used before is not counted yet.
   */
  readonly quota: {
    readonly unit: QuotaUnit;
    readonly used: number;
    readonly budget: number | null;
  } | null;
};

/** Told of each attempt at a call. Must not throw. */
export type Meter = (call: CallSeen) => void;

export const noMeter: Meter = () => undefined;
