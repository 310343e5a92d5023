/**
 * Reading is a set of tasks, each a cursor of its own. A connector plans them, the pull stage runs
 * them side by side and stores every page together with the task's next cursor, so that a crash at
 * any point costs at most the pages in flight. Export jobs, keyset searches and range scans all fit.
 */
export type PullTask = {
  /** Unique within the run and stable over resumes, for example `deals:scan:3`. */
  readonly key: string;
  readonly object: PullObject;
  /** What the task does, for progress and logs, for example `scan`, `changes`, `archived`. */
  readonly kind: string;
  /** Where it stands; opaque to all but the connector that made it. JSON text. */
  readonly cursor: string;
  /** Records expected, for the progress bar; `null` when unknown. */
  readonly expected: number | null;
};

export const pullObjects = ['customers', 'deals'] as const;
export type PullObject = (typeof pullObjects)[number];
