import { describe, expect, it } from 'vitest';
import { generatedWorld } from '../../../sandbox/data/generate.ts';
import { purchasesOn } from '../../../sandbox/data/purchases.ts';

const world = generatedWorld({ contacts: 1_000, deals: 2_000, seed: 1 });
const day = { day: '2026-11-02', share: 0.02, seed: 5 };

describe('a day on which two in a hundred customers buy', () => {
  it('gives exactly that many orders, each of another customer, all on that day', () => {
    const orders = [...purchasesOn(world, day)];
    expect(orders).toHaveLength(20);
    expect(new Set(orders.map((order) => order.customerId)).size).toBe(20);
    expect(orders.every((order) => order.placedAt.startsWith('2026-11-02T'))).toBe(true);
    expect(orders.every((order) => Number(order.amount) > 0)).toBe(true);
  });

  it('is the same for the same seed, and draws others for another', () => {
    const orders = [...purchasesOn(world, day)];
    expect([...purchasesOn(world, day)]).toEqual(orders);
    expect([...purchasesOn(world, { ...day, seed: 6 })]).not.toEqual(orders);
  });

  it('can be everyone, and no one', () => {
    expect([...purchasesOn(world, { ...day, share: 1 })]).toHaveLength(1_000);
    expect([...purchasesOn(world, { ...day, share: 0 })]).toHaveLength(0);
  });
});
