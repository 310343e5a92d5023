import { afterEach, expect, it } from 'vitest';
import { provisionConnection } from '../../src/run/provision.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

let bench: Workbench;

afterEach(async () => {
  await bench.close();
});

const provision = (remove: boolean) =>
  bench.connected((ctx) => provisionConnection(ctx, { remove, rebuildDeletedLists: false }));

const told = () =>
  bench.connected(({ store }) =>
    store.audit.latest({
      ...{ chain: 'main', kinds: ['fields.provisioned', 'fields.removed'], actor: null },
      ...{ since: null, before: null, limit: 10 },
    }),
  );

it('what was made in the CRM and taken away stands in the log, once each', async () => {
  bench = await openWorkbench({ contacts: 5, deals: 5 });
  await provision(false);
  await provision(false);
  expect((await told()).map(({ kind }) => kind)).toEqual(['fields.provisioned']);
  await provision(true);
  const [made, removed] = await told();
  expect(made?.facts['created']).toContain('field assay_value_tier');
  expect(removed?.kind).toBe('fields.removed');
  expect(removed?.facts['removed']).toContain('field assay_value_tier');
});
