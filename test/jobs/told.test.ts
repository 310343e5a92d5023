import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorkEvent } from '../../src/domain/work-event.ts';
import { type Holding, openHolding } from './holding.ts';

let holding: Holding;
let bought: number;
const events: WorkEvent[] = [];

beforeAll(async () => {
  holding = await openHolding({ contacts: 60, deals: 200 });
  await holding.bench.provision();
  await holding.bench.run();
  holding.said.length = 0;
  holding.bench.settle();
  bought = holding.buy(0.04, 3).length;
  await holding.hear(holding.said);
  holding.bench.app.listen((event) => events.push(event));
  await holding.work('webhook');
});

afterAll(async () => {
  await holding.close();
});

function of<K extends WorkEvent['kind']>(kind: K) {
  return events.filter((event): event is Extract<WorkEvent, { kind: K }> => event.kind === kind);
}

describe('what a holder tells', () => {
  it('is how long each record waited since its event', () => {
    const records = new Set(holding.said.map(({ object, id }) => `${object} ${id}`));
    const lags = of('hints-done').flatMap(({ lagsMs }) => lagsMs);
    expect(lags.length).toBeGreaterThan(0);
    expect(lags.length).toBeLessThanOrEqual(records.size);
    for (const lag of lags) expect(lag).toBeGreaterThanOrEqual(0);
  });

  it('is each rescoring with its customers and receipts', () => {
    const customers = of('rescoring').reduce((sum, event) => sum + event.customers, 0);
    expect(customers).toBe(bought);
    const applied = of('receipts').reduce((sum, { fields }) => sum + fields.applied, 0);
    expect(applied).toBe(bought);
  });

  it('is that the connection is paused, once its token is refused', async () => {
    holding.bench.sandbox.faults.add([
      { match: {}, probability: 1, effect: { kind: 'expireToken' } },
    ]);
    events.length = 0;
    await holding.work('manual').catch(() => undefined);
    expect(of('paused').map(({ connection, cause }) => [connection, cause.code])).toEqual([
      ['main', 'TOKEN_REFUSED'],
    ]);
  });
});
