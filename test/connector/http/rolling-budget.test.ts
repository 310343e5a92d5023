import { expect, it } from 'vitest';
import { RollingBudget } from '../../../src/connector/http/rolling-budget.ts';
import { memoryLedger } from '../../contract/stores-in-memory.ts';

const start = Date.parse('2026-11-22T07:30:00Z');
const hourMs = 3_600_000;

function at(ledger = memoryLedger()) {
  const time = { now: start };
  return { time, ledger, budget: new RollingBudget({ ledger, now: () => time.now }) };
}

it('ends at our share of any 24 hours, what earlier runs spent counted', async () => {
  const { budget } = at(memoryLedger({ '2026-11-22T01': 60, '2026-11-21T06': 1_000 }));
  await budget.open({ budget: 100 });
  expect(budget.used).toBe(60);
  await budget.spend(40);
  const expected = { code: 'QUOTA_SPENT', disposition: 'end-at-checkpoint' };
  await expect(budget.spend(1)).rejects.toMatchObject(expected);
});

it('gives back what was spent when its hour is a day old, and not before', async () => {
  const { budget, time } = at();
  await budget.open({ budget: 10 });
  await budget.spend(10);
  time.now += 24 * hourMs;
  await expect(budget.spend(1)).rejects.toThrow('10 of 10');
  time.now += hourMs;
  await budget.spend(1);
  expect(budget.used).toBe(1);
});

it('keeps what others need, by what the account says is left', async () => {
  const { budget } = at();
  await budget.open({ budget: null });
  budget.noteRemaining(105, 100);
  await budget.spend(5);
  await expect(budget.spend(1)).rejects.toThrow('100 left, of which 100 are not ours');
  budget.noteRemaining(300, 100);
  await budget.spend(1);
});

it('saves in steps by the hour, also what was spent before the account was known', async () => {
  const { budget, ledger, time } = at();
  await budget.spend(3);
  await budget.open({ budget: null });
  expect(budget.used).toBe(3);
  await budget.spend(150);
  time.now += hourMs;
  await budget.spend(7);
  await budget.flush();
  expect([...ledger.kept]).toEqual([
    ['2026-11-22T07', 153],
    ['2026-11-22T08', 7],
  ]);
});
