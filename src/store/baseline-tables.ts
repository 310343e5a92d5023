import type { JSONColumnType } from 'kysely';

/** What plans were made from. */
export type BaselineTables = { baselines: BaselineTable };

type BaselineTable = {
  /** Of the plan that was made from it; goes with it. */
  plan_id: string;
  connection_id: string;
  run_id: string;
  as_of: string;
  customers: number;
  won_deals: number;
  won_minor: number;
  home_currency: string | null;
  won_by_currency: JSONColumnType<Record<string, number>>;
  completeness: number | null;
};
