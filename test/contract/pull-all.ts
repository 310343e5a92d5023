import type { Connector } from '../../src/connector/connector.ts';
import type { PullPage, PullPlan, PullRequest } from '../../src/connector/pull.ts';
import type { Customer } from '../../src/domain/customer.ts';
import type { Deal } from '../../src/domain/deal.ts';
import type { PullTask } from '../../src/domain/pull-task.ts';
import type { Removal } from '../../src/domain/removal.ts';

export type Pulled = {
  readonly plan: PullPlan;
  readonly customers: readonly Customer[];
  readonly deals: readonly Deal[];
  readonly removals: readonly Removal[];
};

export const fullPull: PullRequest = {
  mode: 'full',
  watermark: null,
  ownWrites: [],
  known: { customers: 0, deals: 0 },
};

/** The request that follows on what was pulled. */
export function deltaAfter(pulled: Pulled, change: Partial<PullRequest> = {}): PullRequest {
  const known = { customers: pulled.customers.length, deals: pulled.deals.length };
  return { mode: 'delta', watermark: pulled.plan.watermark, ownWrites: [], known, ...change };
}

/** As much of a connector as a pull needs. */
export type Puller = Pick<Connector, 'planPull' | 'pullPage'>;

/** Runs a pull to its end; `open` is asked for a connector before every page. */
export async function pullAll(
  open: () => Puller,
  request: PullRequest,
  signal: AbortSignal = new AbortController().signal,
): Promise<Pulled> {
  const plan = await open().planPull(request, signal);
  const pages: PullPage[] = [];
  const waiting: PullTask[] = [...plan.tasks];
  for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
    const page = await open().pullPage(task, signal);
    pages.push(page);
    waiting.push(...(page.next === null ? [] : [page.next]), ...page.spawned);
  }
  return {
    plan,
    customers: pages.flatMap(({ customers }) => customers),
    deals: pages.flatMap(({ deals }) => deals),
    removals: pages.flatMap(({ removals }) => removals),
  };
}

/** Ids in ascending order, doubles included. */
export function idsOf(records: readonly { readonly id: string }[]): readonly string[] {
  return records.map(({ id }) => id).toSorted();
}
