/**
 * Goes with every write of records: no workflow, approval or blueprint runs for it, and none of what
 * `trigger` does not cover (facts §5.1).
 */
export const quiet = {
  trigger: [],
  skip_feature_execution: [
    { name: 'assignment_rules' },
    { name: 'cadences' },
    { name: 'connected_workflows' },
  ],
} as const;
