import type { Instant } from './time.ts';

/** When our own writes of one run reached the CRM; the next delta leaves them out. */
export type OwnWrites = {
  /** As given to the connector's `applyBatch`. */
  readonly marker: string;
  /** First and last modified time the CRM gave our writes. */
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  readonly count: number;
};
