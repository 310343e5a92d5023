/** What a challenger would have given. */
export type ShadowTables = {
  shadow_snapshots: ShadowSnapshotTable;
  shadow_scores: ShadowScoreTable;
};

type ShadowSnapshotTable = {
  connection_id: string;
  release: number;
  as_of: string;
  champion: string;
  currency: string;
  is_complete: boolean;
};

type ShadowScoreTable = {
  connection_id: string;
  customer_id: string;
  as_of: string;
  champion_value: number | null;
  champion_tier: string | null;
  challenger_value: number | null;
  challenger_tier: string | null;
};
