import type { FieldKey } from '../domain/field.ts';
import { type FieldText, plain } from './field-text.ts';

/** Simplified Chinese. */
export const fieldTextsZh: Readonly<Record<FieldKey, FieldText>> = {
  value_tier: plain('客户价值等级', '按价值得分划分的客户等级，表示客户对我们的价值。'),
  value_grade: plain('客户价值细分等级', '价值等级及其内部级别，A 为最高。'),
  value_score: plain('客户价值得分', '0 至 100 分：由消费、忠诚度和信用综合得出。'),
  loyalty_score: plain('客户忠诚度得分', '0 至 100 分：重复购买、推荐他人、参与活动。'),
  credit_score: plain('客户信用得分', '0 至 100 分：是否按时付款、是否少有退款。'),
  activity_index: {
    label: '活跃指数',
    description: ({ activity }) =>
      `0 至 100 分：按订单计算，每 ${activity.halfLifeDays} 天权重减半。`,
  },
  rfm: plain('RFM 值', '最近购买、购买频率和购买金额得分，各占一位，5 为最好。'),
  recency_score: plain('最近购买得分（R）', '1 至 5 分：距上次购买越近分数越高。'),
  frequency_score: {
    label: '购买频率得分（F）',
    description: ({ windowMonths }) => `1 至 5 分：近 ${windowMonths} 个月购买次数越多分数越高。`,
  },
  monetary_score: {
    label: '购买金额得分（M）',
    description: ({ windowMonths }) => `1 至 5 分：近 ${windowMonths} 个月购买金额越高分数越高。`,
  },
  segment: plain('客户分群', '由 RFM 三项得分确定的客户分群。'),
  quadrant: plain('价值与忠诚度象限', '以价值（不含忠诚度）和忠诚度两个维度划分的象限。'),
  customer_class: {
    label: '客户类别',
    description: ({ days }) =>
      `现实、潜在、流失或新顾客；首次购买后 ${days.newCustomer} 天内为新顾客。`,
  },
  lifecycle: plain('客户生命周期阶段', '客户从初次接触起所处的阶段。'),
  lifecycle_since: plain('生命周期阶段起始日', '进入当前生命周期阶段的日期。'),
  frequency_class: {
    label: '购买频率类别',
    description: ({ frequency }) => `每年购买 ${frequency.highPerYear} 次及以上为高频客户。`,
  },
  importance: plain('重要性名单', '红名单、一般或黑名单；黑名单只能人工设定。'),
  trend: {
    label: '消费趋势',
    description: ({ windowMonths }) => `近 ${windowMonths} 个月的消费与此前同等时长相比的变化。`,
  },
  key_account: {
    label: '大客户',
    description: ({ keyAccounts }) =>
      `合计贡献 ${Math.round(keyAccounts.share * 100)}% 销售额的最少一批客户之一。`,
  },
  interest: plain('兴趣类型', '从订单看客户更看重价格、品牌还是功能。'),
  churn_risk: {
    label: '流失风险',
    description: ({ lifetime }) => `客户在 ${lifetime.horizonDays} 天内不再购买的可能性。`,
  },
  attribute_segment: plain('属性细分', '按客户属性划分的细分群体。'),
  standards_met: plain('达标项数', '优质客户五项标准中达到的项数。'),
  standards: plain('达标项目', '达到了优质客户五项标准中的哪几项。'),
  spend_stability: plain('消费波动系数', '各期消费围绕均值的波动程度，0 表示完全平稳。'),
  service_level: plain('服务级别', '该价值等级客户享受的服务级别。'),
  communication_strategy: plain('沟通策略', '针对该价值等级客户的沟通方式。'),
  points_balance: plain('积分余额', '由订单累积且尚未过期的积分。'),
  points_value: plain('积分价值', '积分折算的金额，以账户币种计。'),
  points_expiring: {
    label: '即将过期积分',
    description: ({ points }) => `${points.expiringWithinDays} 天内将过期的积分。`,
  },
  points_expire_on: plain('积分最近过期日', '下一批积分过期的日期。'),
  biweekly_list: {
    label: '定期清单',
    description: ({ eligibility }) =>
      `是否应向客户发送每 ${eligibility.everyWeeks} 周一次的定制清单。`,
  },
  coupon_band: plain('优惠券额度', '客户忠诚度可获得的优惠券额度。'),
  next_order_on: plain('预计下次购买日', '预计客户下一次购买的大致日期。'),
  probability_buys: {
    label: '购买概率',
    description: ({ lifetime }) => `0 至 1：客户在 ${lifetime.horizonDays} 天内再次购买的概率。`,
  },
  expected_orders: {
    label: '预计订单数',
    description: ({ lifetime }) => `预计 ${lifetime.horizonDays} 天内的订单数。`,
  },
  expected_spend: plain('预计单笔金额', '预计今后每笔订单的金额。'),
  lifetime_value: {
    label: '客户生命周期价值',
    description: ({ lifetime }) => `未来 ${lifetime.years} 年预计毛利折现到今天的金额。`,
  },
  prospect_score: plain('潜在客户得分', '0 至 100 分：潜在客户与最有价值客户的相似程度。'),
  prospect_reason: plain('潜在客户评分依据', '决定潜在客户得分的属性。'),
  data_quality: plain('数据质量', '0 至 100 分：客户资料的完整程度。'),
  data_problems: plain('数据问题', '客户资料中缺失、错误或疑似重复之处。'),
  net_amount: {
    label: '净消费金额',
    description: ({ windowMonths }) => `近 ${windowMonths} 个月成交金额减去退款，以账户币种计。`,
  },
  orders: {
    label: '订单数',
    description: ({ windowMonths }) => `近 ${windowMonths} 个月有成交的天数。`,
  },
  first_order_on: plain('首次购买日', '第一笔成交的日期。'),
  last_order_on: plain('最近购买日', '最近一笔成交的日期。'),
  confidence: plain('评分可信度', '0 至 1：价值得分中有多少依据已知事实。'),
  next_step: plain('升级条件', '客户升一级所需的最小订单。'),
  falls_on: plain('预计降级日', '若无新的购买，等级下降的日期。'),
  reason: plain('评分说明', '价值得分由哪些部分构成。'),
};
