import type { DueKind } from '../domain/due-work.ts';

/** What the schedule asked for. */
export type ScheduleTables = { schedules: ScheduleTable };

type ScheduleTable = {
  connection_id: string;
  kind: DueKind;
  /** The newest time that was claimed. */
  last_due_at: string;
  /** The due time that was done last. */
  last_done_at: string | null;
};
