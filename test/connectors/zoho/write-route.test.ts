import { describe, expect, it } from 'vitest';
import { writeRoute } from '../../../connectors/zoho/write-route.ts';

describe('the route of writing', () => {
  it('is PUT for few: a credit for ten records, and the proof', () => {
    expect(writeRoute(2_000, null)).toMatchObject({ batch: 2_000, calls: 21, spends: 203 });
    expect(writeRoute(7, null)).toMatchObject({ calls: 2, spends: 2 });
  });

  it('is free where there is nothing to write', () => {
    expect(writeRoute(0, null)).toMatchObject({ calls: 0, spends: 0 });
  });

  it('is bulk write for many: 500 credits for 25,000 records and some looks', () => {
    expect(writeRoute(100_000, null)).toMatchObject({ batch: 25_000, calls: 32, spends: 2_028 });
  });

  it('turns where a job becomes cheaper, about five thousand records', () => {
    expect(writeRoute(4_900, null).batch).toBe(2_000);
    expect(writeRoute(5_100, null).batch).toBe(25_000);
    let before = 0;
    for (let changes = 0; changes <= 60_000; changes += 500) {
      const { spends } = writeRoute(changes, null);
      expect(spends).toBeGreaterThanOrEqual(before);
      expect(spends).toBeLessThanOrEqual(writeRoute(changes, 'not at all').spends);
      before = spends;
    }
  });

  it('sends the last by PUT when a job for them would be dearer', () => {
    const route = writeRoute(26_000, null);
    expect(route.spends).toBe(507 + 100 + 2);
    expect(route.reason).toContain('1 job and PUT for the last 1,000');
  });

  it('goes by what a job costs in this org', () => {
    expect(writeRoute(70, null, 1)).toMatchObject({ batch: 2_000, spends: 8 });
    expect(writeRoute(71, null, 1)).toMatchObject({ batch: 25_000, spends: 8, calls: 8 });
    expect(writeRoute(5_100, null, 600).batch).toBe(2_000);
  });

  it('says both prices, and why bulk write is not to be had', () => {
    expect(writeRoute(100_000, null).reason).toBe(
      'Bulk write, 4 jobs, 2,028 credits in 32 calls; PUT by id would cost 10,150 credits in 1,050 calls',
    );
    expect(writeRoute(50, null).reason).toBe(
      'PUT by id, 6 credits in 2 calls; a bulk write job would cost 507 credits in 8 calls',
    );
    const { batch, reason } = writeRoute(100_000, 'the free edition has no bulk API');
    expect([batch, reason]).toEqual([
      2_000,
      'PUT by id, 10,150 credits in 1,050 calls; the free edition has no bulk API',
    ]);
  });
});
