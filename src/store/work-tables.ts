/** What is to do for a connection, as far as no other table says it. */
export type WorkTables = { work: WorkTable };

type WorkTable = {
  connection_id: string;
  /** A run was asked for then and has not ended yet. */
  asked_at: string | null;
  is_full: boolean;
  /** A slice of that run has read everything already. */
  is_pulled: boolean;
  paused_at: string | null;
  /** Why it is paused: the error's. */
  code: string | null;
  message: string | null;
  todo: string | null;
};
