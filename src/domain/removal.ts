import type { RecordId } from './ids.ts';
import type { PullObject } from './pull-task.ts';

/** A record that left the CRM, or left it under this id. */
export type Removal = {
  readonly object: PullObject;
  readonly id: RecordId;
  readonly kind: 'archived' | 'erased' | 'merged';
  /** The record it was merged into, where the CRM tells. */
  readonly into?: RecordId;
};
