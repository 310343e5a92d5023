import { expect, it } from 'vitest';
import type { Given } from './connector.contract.ts';
import { sampleChanges, sampleHeld, sampleRequest } from './provision-samples.ts';
import { fullPull, pullAll } from './pull-all.ts';

const signal = new AbortController().signal;

export function lawsOfWriting(given: Given): void {
  const opened = async (customers: number) => {
    const connector = given().open();
    await connector.provision(sampleRequest, signal);
    const ids = given().liveIds('customers').slice(0, customers);
    return { connector, ids };
  };

  it('what was applied is held', async () => {
    const { connector, ids } = await opened(100);
    const receipts = await connector.applyBatch(sampleChanges(ids), 'run1', signal);
    expect(receipts.map(({ outcome }) => outcome)).toEqual(ids.map(() => 'applied'));
    const held = await connector.readHeld(ids, signal);
    expect([...held.keys()].toSorted()).toEqual(ids.toSorted());
    for (const values of held.values()) expect(values).toEqual(sampleHeld);
  });

  it('what was applied is what the next pull finds held', async () => {
    const { connector, ids } = await opened(3);
    await connector.applyBatch(sampleChanges(ids), 'run1', signal);
    const { customers } = await pullAll(() => connector, fullPull);
    const written = customers.filter(({ id }) => ids.includes(id));
    expect(written.map(({ held }) => held)).toEqual(ids.map(() => sampleHeld));
  });

  it('clearing a field leaves it empty', async () => {
    const { connector, ids } = await opened(1);
    const [change] = sampleChanges(ids);
    await connector.applyBatch(sampleChanges(ids), 'run1', signal);
    const cleared = {
      seq: 0,
      customerId: ids[0] ?? '',
      priority: 'tier' as const,
      fields: (change?.fields ?? []).map(({ key, to }) => ({ key, from: to, to: null })),
    };
    const receipts = await connector.applyBatch([cleared], 'run2', signal);
    expect(receipts).toMatchObject([{ seq: 0, outcome: 'applied' }]);
    expect((await connector.readHeld(ids, signal)).get(ids[0] ?? '')).toEqual({});
  });

  it('there is one receipt for each change, in their order, whatever became of it', async () => {
    const { connector, ids } = await opened(8);
    await given().archive('customers', ids[2] ?? '');
    const into = await given().merge(ids[4] ?? '', ids[5] ?? '');
    const changes = sampleChanges(ids).map((change) => ({ ...change, seq: change.seq + 500 }));
    const receipts = await connector.applyBatch(changes, 'run1', signal);
    expect(receipts.map(({ seq }) => seq)).toEqual(changes.map(({ seq }) => seq));
    const codes = receipts.map((receipt) => ('code' in receipt ? receipt.code : receipt.outcome));
    const vanished = connector.capabilities.tracesMerges ? 'RECORD_MERGED' : 'RECORD_GONE';
    const survivor = (id: string | undefined) => (id === into ? 'applied' : vanished);
    expect(codes).toEqual([
      ...['applied', 'applied', 'RECORD_GONE', 'applied'],
      ...[survivor(ids[4]), survivor(ids[5]), 'applied', 'applied'],
    ]);
  });

  it('records that are gone are missing from what is held', async () => {
    const { connector, ids } = await opened(3);
    await given().archive('customers', ids[1] ?? '');
    const held = await connector.readHeld(ids, signal);
    expect([...held.keys()]).toEqual([ids[0], ids[2]]);
  });
}
