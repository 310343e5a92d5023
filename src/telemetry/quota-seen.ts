import type { ConnectionId } from '../domain/ids.ts';
import type { Meters } from './meters.ts';

/** What was used of a connection's quota when this process looked last. */
export type QuotaSeen = {
  readonly unit: string;
  readonly used: number;
  readonly budget: number | null;
  /** Epoch ms. */
  readonly at: number;
};

/** Older ones say nothing: another process may hold the connection since, or another day have begun. */
const freshMs = 600_000;

/** Connections without a label of their own are added up. */
export function showQuota(
  { show }: Meters,
  seen: ReadonlyMap<ConnectionId, QuotaSeen>,
  label: (connection: ConnectionId) => string,
  now: number,
): void {
  const fresh = [...seen].filter(([, { at }]) => Math.abs(now - at) < freshMs);
  const groups = Map.groupBy(fresh, ([id, { unit }]) => `${label(id)} ${unit}`);
  const values = [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const [id, { unit }] = first;
    const sum = (of: (one: QuotaSeen) => number) =>
      group.reduce((total, [, one]) => total + of(one), 0);
    const left = group.every(([, { budget }]) => budget === null)
      ? null
      : sum(({ used, budget }) => Math.max(0, (budget ?? 0) - used));
    return [{ labels: { connection: label(id), unit }, used: sum(({ used }) => used), left }];
  });
  show(
    'assay_quota_used',
    values.map(({ labels, used: value }) => ({ labels, value })),
  );
  show(
    'assay_quota_left',
    values.flatMap(({ labels, left }) => (left === null ? [] : [{ labels, value: left }])),
  );
}
