import { classTextsZh } from './classes-zh.ts';
import { partTextsZh } from './parts-zh.ts';
import type { ReasonTexts } from './shape.ts';

const until = (day: string | null): string => (day === null ? '' : `；若无新的变化，保持至 ${day}`);

/** Simplified Chinese. */
export const textsZh: ReasonTexts = {
  language: 'zh',
  marks: {
    comma: '，',
    semicolon: '；',
    list: '、',
    colon: '：',
    stop: '。',
    between: '',
    aside: (text) => `（${text}）`,
  },
  ...partTextsZh,
  classes: classTextsZh,
  classSince: (day) => `自 ${day} 起`,
  classUntil: (day) => `若无变化，将于 ${day} 结束`,
  held: {
    hysteresis: ({ without, until: day }) => `得分略低于分界，仅按得分为${without}${until(day)}`,
    grace: ({ without, until: day }) => `处于宽限期，仅按得分为${without}${until(day)}`,
    review: ({ without, until: day }) => `只在评审日降级，仅按得分为${without}${until(day)}`,
    step: ({ without, until: day }) => `每次只降有限的级数，仅按得分为${without}${until(day)}`,
    floor: ({ without, until: day, named }) =>
      `人工设定的最低等级${named === undefined ? '' : `（${named.why}，${named.by}）`}，仅按得分为${without}${day === null ? '' : `；${day} 起失效`}`,
    override: ({ without, until: day, named }) =>
      `人工指定${named === undefined ? '' : `（${named.why}，${named.by}）`}，按规则为${without}${day === null ? '' : `，${day} 起恢复`}`,
  },
  byHand: '人工指定',
  optedOut: '该客户已选择不参与评分。',
  outOfScope: (why) =>
    why.code === 'excluded'
      ? `不在评分范围内：${why.attribute} 为 ${why.value}，按策略排除。`
      : `不在评分范围内：自 ${why.since} 起已有 ${why.months} 个月既无订单也非新建。`,
  noOrder: '没有可计入的成交订单。',
  noTier: '未定级：已知信息太少',
  value: '价值',
  loyalty: '忠诚度',
  credit: '信用',
  unknown: '未知',
  leftOut: '未计入的订单',
  tier: '等级',
  from: ({ label, from }) => `${label} ${from} 分起`,
  since: ({ text, day }) => `自 ${day} 起 ${text}`,
  ever: (amount) => `历来 ${amount}`,
  days: (days) => `${days} 天`,
  confidence: (confidence) => `可信度 ${confidence}`,
  weightWent: '其权重已分给其他部分',
  head: ({ customerId, asOf, policyVersion }) =>
    `客户 ${customerId}，截至 ${asOf}（评分规则 ${policyVersion}）`,
  problemCount: ({ count, problem }) => `${problem} ${count} 笔`,
  spent: ({ net, orders, months, last }) =>
    `近 ${months} 个月 ${orders} 单，净消费 ${net}，最近购买 ${last}。`,
  wayUp: ({ amount, by, tier }) =>
    `${by} 之前（含当日）再下一单${amount === null ? '（金额不限）' : `满 ${amount}`}，即可升为${tier}。`,
  fall: ({ on, tier }) => `若无新订单，${on} 起降为${tier}。`,
  activity: (index) => `${index}/100`,
  stability: ({ variation, periods, mean, steady }) =>
    `${steady ? '平稳' : '波动较大'}：${periods} 期平均 ${mean}，波动系数 ${variation}`,
  standardsMet: ({ met, names, unknown }) =>
    `5 项中达到 ${met} 项${names === '' ? '' : `：${names}`}${unknown === '' ? '' : `；未知：${unknown}`}`,
  points: ({ balance, value }) => `${balance} 分，价值 ${value}`,
  pointsLapse: ({ expiring, on }) =>
    on === null ? '' : `；其中 ${expiring} 分即将过期，自 ${on} 起`,
  eligibility: ({ weekly, list, coupon }) =>
    `每周消费 ${weekly}；${list ? '在定期清单中' : '不在定期清单中'}${coupon === null ? '' : `；优惠券 ${coupon}`}`,
  nextOrder: (day, overdue) =>
    `约 ${day}，按客户自身的购买间隔推算${overdue ? '；已逾期未购' : ''}`,
  prediction: ({ percent, orders, spend, days, model, fallback }) =>
    `${days} 天内购买概率 ${percent}%，预计 ${orders} 单${spend === null ? '' : `，每单约 ${spend}`}（${fallback ? '数据不足以建模，按全体客户的平均购买率估计' : `模型 ${model}`}）`,
  lifetime: ({ amount, years }) =>
    `${amount}：未来 ${years} 年（每年 365.25 天）预计毛利的折现值，不含已有订单`,
  prospect: ({ score, because }) =>
    `与最有价值客户的相似度 ${score}/100${because === '' ? '' : `：${because}`}`,
  trait: ({ attribute, value, lift }) =>
    `${attribute === 'country' ? '国家' : attribute} ${value}（可能性为 ${lift} 倍）`,
  quality: ({ completeness, problems }) =>
    `完整度 ${completeness}%${problems === '' ? '' : `；${problems}`}`,
};
