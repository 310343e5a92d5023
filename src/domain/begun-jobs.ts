import type { Instant } from './time.ts';

/** A write that goes on in the CRM by itself once it was begun, whatever becomes of us. */
export type BegunJob = {
  /** Ours, made before the CRM is asked. */
  readonly key: string;
  readonly begunAt: Instant;
  /** The CRM's own id; `null`: it was asked, and nobody knows what it answered. */
  readonly job: string | null;
};

/** The jobs that are not known to have ended: after a crash they are waited for, not forgotten. */
export type BegunJobs = {
  /** The oldest first. */
  readonly load: () => Promise<readonly BegunJob[]>;
  /** New, or what is known of it by now. */
  readonly note: (job: BegunJob) => Promise<void>;
  readonly forget: (key: string) => Promise<void>;
};
