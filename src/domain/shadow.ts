import type { RecordId } from './ids.ts';
import type { LocalDay } from './time.ts';

/** The day on which a connection's base was scored by the challenger as well. */
export type ShadowSnapshot = {
  /** Number of the challenger's release. */
  readonly release: number;
  readonly asOf: LocalDay;
  /** Version of the policy in force then. */
  readonly champion: string;
  readonly currency: string;
  /** `false` while it is being scored, and after a crash: then it is scored anew. */
  readonly isComplete: boolean;
};

/** A customer's value score and tier by one policy; `null`: none. */
export type ShadowScore = { readonly value: number | null; readonly tier: string | null };

export type ShadowPair = {
  readonly customer: RecordId;
  readonly champion: ShadowScore;
  readonly challenger: ShadowScore;
};
