import type { FactReader, FactTexts } from './shape.ts';

const orders = (of: FactReader): string =>
  of.count('orders') === 1 ? '1 order' : `${of.fact('orders')} orders`;

const cell = (of: FactReader): string =>
  `recency ${of.fact('recency')}, frequency ${of.fact('frequency')}, monetary ${of.fact('monetary')}`;

const often = (of: FactReader): string =>
  `${orders(of)} in ${of.fact('windowMonths')} months; high from ${of.fact('highPerYear')} a year`;

const trend = (of: FactReader): string =>
  `${of.amount('netMinor')} in ${of.fact('windowMonths')} months after ${of.amount('beforeMinor')} in those before`;

const key = (of: FactReader): string =>
  `${of.amount('netMinor')}; the ${of.fact('customers')} customers from ${of.amount('fromMinor')} hold ${of.fact('percentOfNet')} % of the sales`;

const last = (of: FactReader): string => `${orders(of)}, the last ${of.fact('lastOrderOn')}`;

/** Why a customer is in a class, by the rule's code. */
export const classTextsEn: FactTexts = {
  'segment.cell': cell,
  'segment.not_new': (of) => `${cell(of)}; not new: first order ${of.fact('firstOrderOn')}`,
  'quadrant.cuts': (of) =>
    `value without loyalty ${of.fact('value')}, high from ${of.fact('valueFrom')}; loyalty ${of.fact('loyalty')}, high from ${of.fact('loyaltyFrom')}`,
  'customer_class.no_order': (of) =>
    of.has('createdOn') ? `no order; known since ${of.fact('createdOn')}` : 'no order',
  'customer_class.made': () => 'no order yet',
  'customer_class.silent': (of) => `silent after ${of.fact('lastOrderOn')}`,
  'customer_class.first_order': (of) => `first order ${of.fact('firstOrderOn')}`,
  'customer_class.ordered': (of) => `last order ${of.fact('lastOrderOn')}`,
  'lifecycle.no_order': () => 'no order',
  'lifecycle.created': () => 'no order yet',
  'lifecycle.first_order': () => 'first order',
  'lifecycle.second_order': last,
  'lifecycle.loyal': last,
  'lifecycle.silent': (of) => `silent after ${of.fact('lastOrderOn')}`,
  'lifecycle.returned': () => 'bought again after being lost',
  'frequency_class.no_order': () => 'no order',
  'frequency_class.often': often,
  'frequency_class.seldom': often,
  'importance.named': (of) =>
    `set by ${of.fact('by')}: ${of.fact('why')}${of.has('until') ? `; until ${of.fact('until')}` : ''}`,
  'importance.top_tier': () => 'in the highest tier',
  'importance.none': () => 'on no list',
  override: (of) =>
    `given by ${of.fact('by')}: ${of.fact('why')}${of.has('until') ? `; until ${of.fact('until')}` : ''}; the rules give ${of.has('without') ? of.fact('without') : 'no class'}`,
  'trend.rising': trend,
  'trend.steady': trend,
  'trend.falling': trend,
  'key_account.reached': key,
  'key_account.below': key,
  'interest.discounts': (of) =>
    `${of.fact('discounted')} of ${of.fact('orders')} deals reduced, by ${of.amount('discountMinor')}`,
  'interest.family': (of) =>
    `${of.fact('family')} in ${of.fact('ordersOfFamily')} of ${of.fact('ordersWithProducts')} deals`,
  'interest.families': (of) =>
    `most often ${of.fact('family')}, yet only in ${of.fact('ordersOfFamily')} of ${of.fact('ordersWithProducts')} deals`,
  'churn_risk.chance': (of) =>
    `${Math.round(100 * of.count('probabilityBuys'))} % likely to buy within ${of.fact('horizonDays')} days`,
  'attribute_segment.fits': (of) => of.each((name, value) => `${name} ${value}`).join(', '),
};
