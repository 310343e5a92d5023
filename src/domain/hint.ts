import type { RecordId } from './ids.ts';
import type { PullObject } from './pull-task.ts';
import type { Instant } from './time.ts';

/**
 * What a webhook says happened. A hint is an address to look at, never data; it may come twice, late,
 * in any order, or not at all.
 */
export const hintKinds = ['changed', 'removed', 'erased', 'restored', 'merged', 'linked'] as const;
export type HintKind = (typeof hintKinds)[number];

export type Hint = {
  /** The same delivery has the same key, so that it counts once. */
  readonly key: string;
  readonly object: PullObject;
  readonly id: RecordId;
  readonly kind: HintKind;
  /** The CRM's time of it. */
  readonly at: Instant;
};
