import type { Deal } from '../domain/deal.ts';

/** Which deals of each record count. */
export type CountedOrders = {
  /** By record, as given. */
  readonly counted: readonly (readonly Deal[])[];
  /** Deals left out that are not the same as those counted in their place. */
  readonly conflicts: number;
};

/**
 * An order that several CRMs know counts once. `records` are one customer's, in the order of trust:
 * a won deal's reference belongs to the first record that has it. Equal ones of later records are
 * the same order, others are left out as a conflict.
 */
export function countedOrders(records: readonly (readonly Deal[])[]): CountedOrders {
  const taken = new Map<string, readonly string[]>();
  let conflicts = 0;
  const counted = records.map((deals) => {
    const own = Map.groupBy(deals.filter(isNumbered), ({ reference }) => reference ?? '');
    const known = new Set([...own.keys()].filter((reference) => taken.has(reference)));
    for (const [reference, same] of own) {
      const before = taken.get(reference);
      if (before === undefined) taken.set(reference, same.map(orderText));
      else conflicts += strangers(same.map(orderText), before);
    }
    return deals.filter((deal) => !isNumbered(deal) || !known.has(deal.reference ?? ''));
  });
  return { counted, conflicts };
}

function isNumbered({ status, reference }: Deal): boolean {
  return status === 'won' && reference !== null && reference !== '';
}

/** Day, amount and currency: what makes two deals of one reference the same order. */
function orderText({ closedOn, amount }: Deal): string {
  return JSON.stringify([closedOn, amount?.minor ?? null, amount?.currency ?? null]);
}

/** How many of `orders` have no equal of their own among `known`. */
function strangers(orders: readonly string[], known: readonly string[]): number {
  const left = [...known];
  return orders.filter((order) => {
    const at = left.indexOf(order);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  }).length;
}
