import type { Sale } from '../../domain/history.ts';
import type { ClassResult, ResultFacts } from '../../domain/result.ts';
import type { CustomerDay } from '../customer-day.ts';
import { numberOf } from './number-of.ts';

/** Discounted deals among those of the window; `null` where that cannot be told. */
type Discounts = { readonly orders: number; readonly discounted: number; readonly minor: number };
/** The family most deals hold, among those whose products are known. */
type Favourite = { readonly orders: number; readonly family: string; readonly ofFamily: number };

/**
 * What the customer looks for, by the deals of the window [D4]: the price where most were reduced,
 * else the brand where one product family is in most, else the function. `null` without enough deals
 * that say it; where discounts are known to the CRM, a deal that names none had none.
 */
export function interestOf(day: CustomerDay): ClassResult | null {
  const { interest } = day.policy;
  if (!day.cuts.coverage.discounts && !day.cuts.coverage.products) return null;
  const sales = boughtInWindow(day);
  const discounts = day.cuts.coverage.discounts ? discountsOf(sales, interest) : null;
  if (discounts !== null && discounts.discounted >= interest.priceSensitiveShare * discounts.orders)
    return found('price_sensitive', 'interest.discounts', discountFacts(discounts));
  const favourite = day.cuts.coverage.products ? favouriteOf(sales, interest) : null;
  if (favourite === null) return null;
  const known = {
    ...(discounts === null ? {} : discountFacts(discounts)),
    ...favouriteFacts(favourite),
  };
  return favourite.ofFamily >= interest.brandLoyalShare * favourite.orders
    ? found('brand_loyal', 'interest.family', known)
    : found('function_interested', 'interest.families', known);
}

type Rule = CustomerDay['policy']['interest'];

function discountsOf(sales: readonly Sale[], { minimumOrders }: Rule): Discounts | null {
  if (sales.length < minimumOrders) return null;
  const reduced = sales.map(({ discountMinor = 0 }) => discountMinor).filter((minor) => minor > 0);
  const minor = reduced.reduce((sum, each) => sum + each, 0);
  return { orders: sales.length, discounted: reduced.length, minor };
}

function favouriteOf(sales: readonly Sale[], { minimumOrders }: Rule): Favourite | null {
  const named = sales.flatMap(({ products = [] }) => (products.length > 0 ? [products] : []));
  if (named.length < minimumOrders) return null;
  const counts = new Map<string, number>();
  for (const products of named)
    for (const family of new Set(products)) counts.set(family, 1 + (counts.get(family) ?? 0));
  let [best, most] = ['', 0];
  for (const [family, count] of counts)
    if (count > most || (count === most && family < best)) [best, most] = [family, count];
  return { orders: named.length, family: best, ofFamily: most };
}

/** Deals, not days: each has its own discount and products. */
function boughtInWindow({ timeline, today, signals, policy }: CustomerDay): readonly Sale[] {
  const from = numberOf(signals.windowFrom);
  const least = policy.purchase.zeroAmount === 'order' ? 0 : 1;
  return timeline.history.sales.filter(
    ({ day, minor }) => day >= from && day <= today && minor >= least,
  );
}

function found(key: string, code: string, known: ResultFacts): ClassResult {
  return { key, since: null, code, facts: known };
}

function discountFacts({ orders, discounted, minor }: Discounts): ResultFacts {
  return { orders, discounted, discountMinor: minor };
}

function favouriteFacts({ orders, family, ofFamily }: Favourite): ResultFacts {
  return { family, ordersOfFamily: ofFamily, ordersWithProducts: orders };
}
