import type { FieldKey } from '../domain/field.ts';
import { type FieldText, plain } from './field-text.ts';

/** English. */
export const fieldTextsEn: Readonly<Record<FieldKey, FieldText>> = {
  value_tier: plain('Value tier', 'What the customer is worth to us, cut from the value score.'),
  value_grade: plain('Value grade', 'The value tier with its sub-grade, A best.'),
  value_score: plain(
    'Value score',
    'What the customer is worth to us, 0 to 100: spend, loyalty and credit.',
  ),
  loyalty_score: plain('Loyalty score', '0 to 100: buys again, recommends us, takes part.'),
  credit_score: plain('Credit score', '0 to 100: pays when due and keeps what was bought.'),
  activity_index: {
    label: 'Activity index',
    description: ({ activity }) =>
      `0 to 100: orders, each worth half after ${activity.halfLifeDays} days.`,
  },
  rfm: plain('RFM', 'Recency, frequency and monetary score, a digit each, 5 best.'),
  recency_score: plain('Recency score', '1 to 5: how lately the customer bought, 5 best.'),
  frequency_score: {
    label: 'Frequency score',
    description: ({ windowMonths }) =>
      `1 to 5: how often the customer bought in ${windowMonths} months, 5 best.`,
  },
  monetary_score: {
    label: 'Monetary score',
    description: ({ windowMonths }) =>
      `1 to 5: how much the customer bought in ${windowMonths} months, 5 best.`,
  },
  segment: plain('RFM segment', 'The segment that recency, frequency and monetary score give.'),
  quadrant: plain('Value and loyalty', 'Value without loyalty against loyalty, each cut in two.'),
  customer_class: {
    label: 'Customer class',
    description: ({ days }) =>
      `Existing, potential, lost or new; new for ${days.newCustomer} days after the first order.`,
  },
  lifecycle: plain('Lifecycle stage', 'How far the customer has come, from the first contact on.'),
  lifecycle_since: plain('Lifecycle stage since', 'First day of the lifecycle stage.'),
  frequency_class: {
    label: 'Purchase frequency',
    description: ({ frequency }) => `High from ${frequency.highPerYear} orders a year.`,
  },
  importance: plain('Importance', 'Red list, normal or black list; black is set by hand only.'),
  trend: {
    label: 'Spend trend',
    description: ({ windowMonths }) =>
      `Spend of the last ${windowMonths} months against those before.`,
  },
  key_account: {
    label: 'Key account',
    description: ({ keyAccounts }) =>
      `Among the fewest customers who hold ${Math.round(keyAccounts.share * 100)} % of all sales.`,
  },
  interest: plain('Interest', 'What the orders show the customer to look for: price, brand, use.'),
  churn_risk: {
    label: 'Churn risk',
    description: ({ lifetime }) =>
      `How likely it is that the customer buys nothing within ${lifetime.horizonDays} days.`,
  },
  attribute_segment: plain('Attribute segment', 'The segment that the customer’s attributes give.'),
  standards_met: plain('Standards met', 'How many of the five standards the customer meets.'),
  standards: plain('Standards', 'Which of the five standards of a good customer are met.'),
  spend_stability: plain(
    'Spend variation',
    'How much the spend swings around its mean; 0 is even.',
  ),
  service_level: plain('Service level', 'The service that the value tier is given.'),
  communication_strategy: plain('Communication strategy', 'How the value tier is spoken to.'),
  points_balance: plain('Points', 'Points earned from orders that have not expired.'),
  points_value: plain('Value of points', "What the points are worth, in the account's currency."),
  points_expiring: {
    label: 'Points expiring',
    description: ({ points }) => `Points that expire within ${points.expiringWithinDays} days.`,
  },
  points_expire_on: plain('Points expire on', 'Day on which the next points expire.'),
  biweekly_list: {
    label: 'Regular list',
    description: ({ eligibility }) =>
      `Whether the list of every ${eligibility.everyWeeks} weeks is due to the customer.`,
  },
  coupon_band: plain('Coupon', 'The coupon that the customer’s loyalty earns.'),
  next_order_on: plain('Next order expected', 'Day around which the next order is expected.'),
  probability_buys: {
    label: 'Chance to buy',
    description: ({ lifetime }) =>
      `0 to 1: chance of an order within ${lifetime.horizonDays} days.`,
  },
  expected_orders: {
    label: 'Expected orders',
    description: ({ lifetime }) => `Orders expected within ${lifetime.horizonDays} days.`,
  },
  expected_spend: plain('Expected order amount', 'Amount expected of each order to come.'),
  lifetime_value: {
    label: 'Lifetime value',
    description: ({ lifetime }) =>
      `Expected margin of the next ${lifetime.years} years, discounted to today.`,
  },
  prospect_score: plain('Prospect score', '0 to 100: how like the best customers a prospect is.'),
  prospect_reason: plain('Prospect reason', 'The attributes that make the prospect score.'),
  data_quality: plain('Data quality', '0 to 100: how complete the record is.'),
  data_problems: plain('Data problems', 'What is missing, wrong or double in the record.'),
  net_amount: {
    label: 'Net amount',
    description: ({ windowMonths }) =>
      `Won in the last ${windowMonths} months less refunds, in the account's currency.`,
  },
  orders: {
    label: 'Orders',
    description: ({ windowMonths }) => `Days with a won deal in the last ${windowMonths} months.`,
  },
  first_order_on: plain('First order', 'Day of the first won deal.'),
  last_order_on: plain('Last order', 'Day of the latest won deal.'),
  confidence: plain(
    'Score confidence',
    '0 to 1: how much of the value score rests on known facts.',
  ),
  next_step: plain('Next step up', 'The least order that would lift the customer a tier.'),
  falls_on: plain('Tier falls on', 'Day on which the tier falls if nothing happens.'),
  reason: plain('Score reason', 'What the value score is made of.'),
};
