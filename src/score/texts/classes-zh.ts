import type { FactReader, FactTexts } from './shape.ts';

const cell = (of: FactReader): string =>
  `最近购买 ${of.fact('recency')} 分，购买频率 ${of.fact('frequency')} 分，购买金额 ${of.fact('monetary')} 分`;

const often = (of: FactReader): string =>
  `近 ${of.fact('windowMonths')} 个月 ${of.fact('orders')} 单；每年 ${of.fact('highPerYear')} 单起为高频`;

const trend = (of: FactReader): string =>
  `近 ${of.fact('windowMonths')} 个月 ${of.amount('netMinor')}，此前同等时长 ${of.amount('beforeMinor')}`;

const key = (of: FactReader): string =>
  `净消费 ${of.amount('netMinor')}；达到 ${of.amount('fromMinor')} 的 ${of.fact('customers')} 位客户合计占销售额 ${of.fact('percentOfNet')}%`;

const last = (of: FactReader): string =>
  `共 ${of.fact('orders')} 单，最近购买 ${of.fact('lastOrderOn')}`;

/** Why a customer is in a class, by the rule's code. */
export const classTextsZh: FactTexts = {
  'segment.cell': cell,
  'segment.not_new': (of) => `${cell(of)}；首次购买 ${of.fact('firstOrderOn')}，不算新客户`,
  'quadrant.cuts': (of) =>
    `不含忠诚度的价值 ${of.fact('value')} 分（${of.fact('valueFrom')} 分起为高），忠诚度 ${of.fact('loyalty')} 分（${of.fact('loyaltyFrom')} 分起为高）`,
  'customer_class.no_order': (of) =>
    of.has('createdOn') ? `尚无订单，${of.fact('createdOn')} 建档` : '尚无订单',
  'customer_class.made': () => '新近建档，尚无订单',
  'customer_class.silent': (of) => `${of.fact('lastOrderOn')} 之后未再购买`,
  'customer_class.first_order': (of) => `首次购买 ${of.fact('firstOrderOn')}`,
  'customer_class.ordered': (of) => `最近购买 ${of.fact('lastOrderOn')}`,
  'lifecycle.no_order': () => '尚无订单',
  'lifecycle.created': () => '尚无订单',
  'lifecycle.first_order': () => '首次购买',
  'lifecycle.second_order': last,
  'lifecycle.loyal': last,
  'lifecycle.silent': (of) => `${of.fact('lastOrderOn')} 之后未再购买`,
  'lifecycle.returned': () => '流失后再次购买',
  'frequency_class.no_order': () => '尚无订单',
  'frequency_class.often': often,
  'frequency_class.seldom': often,
  'importance.named': (of) =>
    `由 ${of.fact('by')} 设定：${of.fact('why')}${of.has('until') ? `；有效期至 ${of.fact('until')}` : ''}`,
  'importance.top_tier': () => '属于最高等级',
  'importance.none': () => '不在任何名单中',
  override: (of) =>
    `由 ${of.fact('by')} 指定：${of.fact('why')}${of.has('until') ? `；有效期至 ${of.fact('until')}` : ''}；按规则${of.has('without') ? `为${of.fact('without')}` : '无类别'}`,
  'trend.rising': trend,
  'trend.steady': trend,
  'trend.falling': trend,
  'key_account.reached': key,
  'key_account.below': key,
  'interest.discounts': (of) =>
    `${of.fact('orders')} 笔订单中 ${of.fact('discounted')} 笔有折扣，共优惠 ${of.amount('discountMinor')}`,
  'interest.family': (of) =>
    `${of.fact('ordersWithProducts')} 笔订单中 ${of.fact('ordersOfFamily')} 笔含 ${of.fact('family')}`,
  'interest.families': (of) =>
    `购买多个系列；最多的 ${of.fact('family')} 也只见于 ${of.fact('ordersWithProducts')} 笔订单中的 ${of.fact('ordersOfFamily')} 笔`,
  'churn_risk.chance': (of) =>
    `${of.fact('horizonDays')} 天内购买概率 ${Math.round(100 * of.count('probabilityBuys'))}%`,
  'attribute_segment.fits': (of) => of.each((name, value) => `${name} ${value}`).join('，'),
};
