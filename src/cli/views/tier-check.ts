import type { Cluster, TierCheck } from '../../score/analysis/tier-check.ts';
import { amount, count } from './figures.ts';
import { type Align, table } from './table.ts';

/** How far clusters found without the policy agree with its tiers. */
export function renderTierCheck(check: TierCheck | null, currency: string): string {
  if (check === null) return 'Too few customers have a tier to tell.';
  const { tiers, clusters, agreement } = check;
  const head = ['customers', 'days since', 'orders', 'net amount', ...tiers, ''];
  const rows = clusters.map((cluster) => [
    count(cluster.customers),
    count(cluster.recencyDays),
    cluster.orders.toFixed(1),
    amount(cluster.netMinor, currency),
    ...cluster.byTier.map(count),
    inWords(cluster.is),
  ]);
  const aligns: readonly Align[] = [...head.slice(1).map(() => 'right' as const), 'left'];
  return `Agreement ${agreement.toFixed(2)} (1: the same groups, 0: what chance gives)\n${table([head, ...rows], aligns)}`;
}

const words = {
  recency: { high: 'lately', middle: null, low: 'long ago' },
  frequency: { high: 'often', middle: null, low: 'seldom' },
  monetary: { high: 'for much', middle: null, low: 'for little' },
} as const;

function inWords({ recency, frequency, monetary }: Cluster['is']): string {
  const said = [words.recency[recency], words.frequency[frequency], words.monetary[monetary]];
  return said.filter((word) => word !== null).join(', ') || 'as most';
}
