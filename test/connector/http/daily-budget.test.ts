import { expect, it } from 'vitest';
import { DailyBudget } from '../../../src/connector/http/daily-budget.ts';

function ledger(before: Readonly<Record<string, number>> = {}) {
  const days = new Map(Object.entries(before));
  const steps: number[] = [];
  return {
    days,
    steps,
    usedSince: async (day: string) =>
      [...days].reduce((sum, [name, calls]) => (name >= day ? sum + calls : sum), 0),
    add: async (day: string, calls: number) => {
      steps.push(calls);
      days.set(day, (days.get(day) ?? 0) + calls);
    },
  };
}

async function spend(budget: DailyBudget, calls: number): Promise<void> {
  for (let call = 0; call < calls; call += 1) await budget.spend(1);
}

const evening = Date.parse('2026-11-22T23:59:00Z');

it('ends at our share of the day, calls of earlier runs counted', async () => {
  const quota = ledger({ '2026-11-22': 90 });
  const budget = new DailyBudget({ ledger: quota, now: () => evening });
  await budget.open({ timeZone: 'UTC', budget: 100 });
  await spend(budget, 10);
  const expected = { code: 'QUOTA_SPENT', disposition: 'end-at-checkpoint' };
  await expect(budget.spend(1)).rejects.toMatchObject(expected);
});

it('counts calls made before the account was known', async () => {
  const quota = ledger();
  const budget = new DailyBudget({ ledger: quota, now: () => evening });
  await spend(budget, 2);
  await budget.open({ timeZone: 'UTC', budget: 100 });
  expect(budget.used).toBe(2);
  await budget.flush();
  expect(quota.days.get('2026-11-22')).toBe(2);
});

it('saves in steps and the rest at the end', async () => {
  const quota = ledger();
  const budget = new DailyBudget({ ledger: quota, now: () => evening });
  await budget.open({ timeZone: 'UTC', budget: null });
  await spend(budget, 250);
  await budget.flush();
  expect(quota.steps).toEqual([100, 100, 50]);
});

it('begins anew at the account’s midnight, not at UTC’s', async () => {
  const quota = ledger();
  let now = evening;
  const budget = new DailyBudget({ ledger: quota, now: () => now });
  await budget.open({ timeZone: 'America/New_York', budget: 3 });
  await spend(budget, 3);
  now += 120_000;
  await expect(budget.spend(1)).rejects.toThrow('3 of 3');
  now += 5 * 3_600_000;
  await spend(budget, 1);
  await budget.flush();
  expect([...quota.days]).toEqual([
    ['2026-11-22', 3],
    ['2026-11-23', 1],
  ]);
});
