import type { PlanId } from '../domain/ids.ts';
import type { RollbackScope, WrittenCustomer } from '../domain/rollback.ts';
import { step } from '../lib/step.ts';
import { needsReading } from '../plan/take-back.ts';
import type { RunContext } from './context.ts';
import type { RollbackBuilder } from './rollback-builder.ts';

/** Customers taken from the store at once, and asked about at once: full calls to every CRM. */
const pageSize = 1_000;

/** All fields that were written, page by page; the CRM is asked once about whoever may be put back. */
export async function takeBackAllFields(
  ctx: RunContext,
  scope: RollbackScope,
  builder: RollbackBuilder,
): Promise<void> {
  const kept = new Set(ctx.policy.fields.map(({ key }) => key));
  const read = async (customers: readonly WrittenCustomer[]): Promise<void> => {
    const ids = customers.map(({ customerId }) => customerId);
    const held = await ctx.connector.readHeld(ids, ctx.signal);
    await builder.addFields(customers, held, kept);
    step('rollback.page-read');
  };
  let waiting: readonly WrittenCustomer[] = [];
  for await (const page of pagesOf(ctx, (select) => ctx.store.rollbacks.fields(scope, select))) {
    const asked = page.filter((customer) => needsReading(customer, kept));
    const settled = page.filter((customer) => !needsReading(customer, kept));
    await builder.addFields(settled, new Map(), kept);
    waiting = [...waiting, ...asked];
    if (waiting.length < pageSize) continue;
    await read(waiting.slice(0, pageSize));
    waiting = waiting.slice(pageSize);
  }
  if (waiting.length > 0) await read(waiting);
}

/** All steps on static lists; what the lists hold was read when the plan was begun. */
export async function takeBackAllMemberships(
  ctx: RunContext,
  scope: RollbackScope,
  { builder, planId }: { readonly builder: RollbackBuilder; readonly planId: PlanId },
): Promise<void> {
  const known = await ctx.store.lists.known(ctx.connection);
  const there = known.filter(({ status }) => status === 'active');
  const keysOf = (kind: 'static' | 'dynamic') =>
    new Set(there.flatMap((list) => (list.kind === kind ? [list.key] : [])));
  const lists = { kept: keysOf('static'), dynamic: keysOf('dynamic') };
  const pages = pagesOf(ctx, (select) =>
    ctx.store.rollbacks.memberships(scope, { ...select, plan: planId }),
  );
  for await (const page of pages) await builder.addMemberships(page, lists);
}

type Positioned = { readonly position: number };

async function* pagesOf<T extends Positioned>(
  { signal, progress }: RunContext,
  load: (select: {
    readonly after: number | null;
    readonly limit: number;
  }) => Promise<readonly T[]>,
): AsyncGenerator<readonly T[]> {
  let after: number | null = null;
  for (;;) {
    signal.throwIfAborted();
    const page: readonly T[] = await load({ after, limit: pageSize });
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    progress.advance('plan', page.length);
    after = last.position;
  }
}
