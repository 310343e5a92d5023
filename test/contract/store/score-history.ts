import { describe, expect, it } from 'vitest';
import { aCustomer, aScore, type GetStore, newConnection, save } from './fixtures.ts';
import { cuts } from './scores.ts';

const part = { code: 'spend.net', points: 41, of: 60, facts: {} };

/** Scores of the past. */
export function describeScoreHistory(get: GetStore): void {
  const history = async (connection: string, id = '1') =>
    (await get().history.of(connection, id)).map(({ asOf, runId, score }) => [
      asOf,
      runId,
      score.tier,
    ]);
  const scored = async (
    connection: string,
    run: string,
    asOf: string,
    values: Parameters<typeof aScore>[1] = {},
  ) => await get().scores.save(connection, run, [aScore('1', { asOf, ...values })]);

  describe('the history of a score', () => {
    it('keeps each that became another, and nothing of days on which it stayed', async () => {
      const c = newConnection();
      await save(get(), c, { customers: [aCustomer('1')] });
      await scored(c, 'r1', '2026-01-01');
      await scored(c, 'r2', '2026-01-02');
      await scored(c, 'r3', '2026-01-03', { tier: 'silver' });
      await scored(c, 'r4', '2026-01-04', { tier: 'silver' });
      await scored(c, 'r5', '2026-01-05');
      expect(await history(c)).toEqual([
        ['2026-01-01', 'r1', 'gold'],
        ['2026-01-03', 'r3', 'silver'],
        ['2026-01-05', 'r5', 'gold'],
      ]);
      expect(await history(c, '2')).toEqual([]);
    });

    it('sees a point of a part and a class of a family, and no day that is counted', async () => {
      const c = newConnection();
      const value = { score: 40, parts: [part], unknown: [], confidence: 1 };
      await scored(c, 'r1', '2026-01-01');
      await scored(c, 'r2', '2026-01-02', { value });
      const lost = { key: 'lost', since: null, code: 'x', facts: {} };
      await scored(c, 'r3', '2026-01-03', { value, classes: { customer_class: lost } });
      const later = { ...aScore('1').signals, daysSinceLastOrder: 99 };
      const same = { value, signals: later, classes: { customer_class: lost } };
      await scored(c, 'r4', '2026-01-04', same);
      expect((await history(c)).map(([, run]) => run)).toEqual(['r1', 'r2', 'r3']);
    });

    it('names the policy and the cut points of then', async () => {
      const c = newConnection();
      await get().scores.saveCutPoints(c, 'r1', cuts);
      await scored(c, 'r1', '2026-01-01');
      await get().scores.saveCutPoints(c, 'r2', { ...cuts, base: 99 });
      await scored(c, 'r2', '2026-01-02', { tier: 'silver', policyVersion: 'p2' });
      const [first, second] = await get().history.of(c, '1');
      expect([first?.policyVersion, second?.policyVersion]).toEqual(['p1', 'p2']);
      expect(await get().history.cuts(first?.cuts ?? -1)).toEqual(cuts);
      expect(await get().history.cuts(second?.cuts ?? -1)).toEqual({ ...cuts, base: 99 });
      expect(await get().history.cuts(-1)).toBeNull();
    });
  });
}
