import type { Generated } from 'kysely';

/** Of alerts: when each kind was sent last. */
export type AlertTables = { alerts: AlertTable };

type AlertTable = {
  connection_id: string;
  kind: string;
  sent_at: string;
  /** Since then. */
  withheld: Generated<number>;
};
