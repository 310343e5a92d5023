import { afterEach, expect, it } from 'vitest';
import { silentLogger } from '../../src/lib/logger.ts';
import type { RunContext } from '../../src/run/context.ts';
import { provisionConnection } from '../../src/run/provision.ts';
import { runConnection } from '../../src/run/run-connection.ts';
import { AS_OF, openWorkbench, type Workbench } from './workbench.ts';

let bench: Workbench;

afterEach(async () => {
  await bench.close();
});

const told: string[] = [];

/** The policy with one list more than when the connection was provisioned. */
function withOneMore(ctx: RunContext): RunContext {
  const [first] = ctx.policy.lists;
  if (first === undefined) throw new Error('The policy has lists');
  const lists = [...ctx.policy.lists, { ...first, key: 'newcomers', name: 'Newcomers' }];
  const log = { ...silentLogger, warn: (_: object, event: string) => void told.push(event) };
  return { ...ctx, log, policy: { ...ctx.policy, lists } };
}

const run = (change: (ctx: RunContext) => RunContext = (ctx) => ctx) =>
  bench.connected((ctx) => runConnection(change(withOneMore(ctx)), { full: true, asOf: AS_OF }));

const missing = 'list “Newcomers” of the policy; "assay provision" makes what is missing';

it('a list that the policy names and nobody made is said, with what to do, until it is made', async () => {
  bench = await openWorkbench({ contacts: 40, deals: 120 });
  await bench.provision();
  const first = await run();
  expect(first.outcome).toBe('done');
  expect(first.plan?.summary.warnings.join()).toContain(missing);
  expect(told.filter((event) => event === 'lists.missing')).toHaveLength(1);
  await bench.connected((ctx) =>
    provisionConnection(withOneMore(ctx), { remove: false, rebuildDeletedLists: false }),
  );
  const second = await run();
  expect(second.plan?.summary.warnings.join()).not.toContain('Newcomers');
});

it('nothing is missed where the CRM keeps no lists for us', async () => {
  bench = await openWorkbench({ contacts: 40, deals: 120 });
  await bench.provision();
  const report = await run((ctx) => {
    const capabilities = { ...ctx.connector.capabilities, staticLists: false };
    return { ...ctx, connector: { ...ctx.connector, capabilities } };
  });
  expect(report.plan?.summary.warnings.join()).not.toContain('Newcomers');
});
