import { describe, expect, it } from 'vitest';
import { interestOf } from '../../../src/score/classes/interest.ts';
import { allKnown, nothingKnown, won } from '../builders.ts';
import { policy } from '../default-policy.ts';
import { dayOf, type Given } from './class-day.ts';

type Bought = {
  readonly off?: number;
  readonly products?: readonly string[];
  readonly on?: string;
};
const deals = (given: readonly Bought[]) =>
  given.map(({ off, products = null, on }, at) =>
    won(on ?? `2011-0${at + 1}-05`, 100_00, {
      discount: off === undefined ? null : { minor: off, currency: 'GBP' },
      products,
    }),
  );
const interest = (given: readonly Bought[], rest: Given = {}) =>
  interestOf(dayOf(deals(given), rest));
const reduced = { off: 20_00, products: ['tea'] };
const tea = { off: 0, products: ['tea', 'tea'] };
const cups = { products: ['cups'] };

describe('interest', () => {
  it('is in the price where half of the deals were reduced', () => {
    expect(interest([reduced, reduced, tea, tea])).toEqual({
      key: 'price_sensitive',
      since: null,
      code: 'interest.discounts',
      facts: { orders: 4, discounted: 2, discountMinor: 40_00 },
    });
  });

  it('is in the brand where one product family is in most deals, mostly at full price', () => {
    expect(interest([reduced, tea, tea, cups])).toMatchObject({
      key: 'brand_loyal',
      facts: { discounted: 1, family: 'tea', ordersOfFamily: 3, ordersWithProducts: 4 },
    });
  });

  it('is in the function where products are many; of equal families the first by name is named', () => {
    expect(
      interest([cups, tea, { products: ['pots'] }, { products: ['pots', 'cups'] }]),
    ).toMatchObject({
      key: 'function_interested',
      facts: { family: 'cups', ordersOfFamily: 2 },
    });
  });

  it('rests on products alone, or on discounts alone, where the CRM has only them', () => {
    const productsOnly = { cuts: { coverage: { ...allKnown, discounts: false } } };
    const found = interest([reduced, reduced, reduced], productsOnly);
    expect(found).toMatchObject({ key: 'brand_loyal' });
    expect(found?.facts).not.toHaveProperty('discounted');
    const discountsOnly = { cuts: { coverage: { ...allKnown, products: false } } };
    expect(interest([reduced, reduced, reduced], discountsOnly)?.key).toBe('price_sensitive');
    expect(interest([tea, tea, tea], discountsOnly)).toBeNull();
  });

  it('is unknown with too few deals in the window, or where nothing says it', () => {
    expect(interest([reduced, reduced])).toBeNull();
    expect(interest([{ ...reduced, on: '2010-01-01' }, reduced, reduced])).toBeNull();
    expect(interest([{}, {}, {}])).toBeNull();
    expect(interest([tea, tea, tea], { cuts: { coverage: nothingKnown } })).toBeNull();
  });

  it('does not look at refunds, nor at amounts of 0 where they are no orders', () => {
    const free = [...deals([tea, tea]), won('2011-11-01', 0, { products: ['tea'] })];
    expect(interestOf(dayOf(free))?.key).toBe('brand_loyal');
    const rules = { ...policy, purchase: { ...policy.purchase, zeroAmount: 'ignored' as const } };
    expect(interestOf(dayOf(free, { rules }))).toBeNull();
    expect(interestOf(dayOf([...deals([tea, tea]), won('2011-11-01', -1)]))).toBeNull();
  });
});
