import type { ReasonTexts } from './shape.ts';

type PartTexts = Pick<
  ReasonTexts,
  | 'parts'
  | 'partFacts'
  | 'whyUnknown'
  | 'facts'
  | 'figures'
  | 'problems'
  | 'recordProblems'
  | 'standards'
>;

/** Simplified Chinese names of parts, facts, figures and problems. */
export const partTextsZh: PartTexts = {
  parts: {
    'value.spend': '消费',
    'value.loyalty': '忠诚度',
    'value.credit': '信用',
    'loyalty.repeat': '重复购买',
    'loyalty.referral': '推荐他人',
    'loyalty.participation': '参与活动',
    'credit.onTime': '按时付款',
    'credit.overdue': '逾期天数',
    'credit.refunds': '退款',
  },
  partFacts: {
    'value.spend': (of) =>
      `自 ${of.fact('windowFrom')} 起 ${of.fact('orders')} 单，净消费 ${of.amount('netMinor')}`,
    'value.loyalty': (of) => `忠诚度 ${of.fact('loyalty')}/100，最近购买 ${of.fact('lastOrderOn')}`,
    'value.credit': (of) =>
      `信用 ${of.fact('credit')}/100，到期 ${of.fact('due')} 笔，按时付款 ${of.fact('onTime')} 笔`,
    'loyalty.repeat': (of) =>
      `${of.fact('firstOrderOn')} 至 ${of.fact('lastOrderOn')}，在 ${of.fact('monthsWithOrder')} 个月份中购买 ${of.fact('orders')} 次`,
    'loyalty.referral': (of) =>
      `推荐 ${of.fact('referred')} 人，其中 ${of.fact('bought')} 人已购买`,
    'loyalty.participation': (of) =>
      `受邀 ${of.fact('invited')} 次，参加 ${of.fact('attended')} 次`,
    'credit.onTime': (of) => `到期 ${of.fact('due')} 笔，按时付款 ${of.fact('onTime')} 笔`,
    'credit.overdue': (of) => `平均逾期 ${of.fact('averageDaysOverdue')} 天`,
    'credit.refunds': (of) => `累计退款 ${of.amount('refundedMinor')}`,
  },
  whyUnknown: {
    'value.loyalty': '没有任何相关数据',
    'value.credit': '没有已到期的付款记录',
    'loyalty.referral': '此 CRM 中未填写推荐人',
    'loyalty.participation': '没有邀请记录',
  },
  facts: {
    orders: '订单数',
    firstOrder: '首次购买',
    lastOrder: '最近购买',
    largestOrder: '最大订单',
    gap: '通常间隔',
    net: '净消费',
    refunded: '退款',
  },
  figures: {
    held: '等级保持',
    wayUp: '升级条件',
    fall: '预计降级',
    activity: '活跃指数',
    stability: '消费稳定性',
    standards: '达标情况',
    points: '积分',
    eligibility: '优惠资格',
    nextOrder: '预计下次购买',
    prediction: '购买预测',
    lifetime: '生命周期价值',
    prospect: '潜在客户',
    quality: '客户资料',
  },
  problems: {
    'amount-missing': '缺少金额',
    'amount-unreadable': '金额无法识别',
    'currency-unknown': '币种未知',
    'rate-unknown': '缺少汇率',
    'date-missing': '缺少成交日期',
    'date-in-future': '成交日期在未来',
    'customer-missing': '缺少客户',
    'order-conflict': '与另一 CRM 的同号订单不符',
  },
  recordProblems: {
    'email-missing': '缺少邮箱',
    'email-invalid': '邮箱有误',
    'phone-missing': '缺少电话',
    'phone-invalid': '电话有误',
    'name-missing': '缺少姓名',
    'country-missing': '缺少国家',
    'external-id-missing': '缺少客户编号',
    'birthday-missing': '缺少生日',
    'birthday-impossible': '生日有误',
    'duplicate-candidate': '疑似重复',
    'override-unknown': '人工指定的类别不存在',
  },
  standards: {
    steadySpend: '消费稳定',
    credit: '信用良好',
    loyalty: '忠诚',
    feedback: '积极反馈',
    referral: '口碑推荐',
  },
};
