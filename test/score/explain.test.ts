import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Language, languages } from '../../src/policy/language.ts';
import { explain } from '../../src/score/explain.ts';
import { reasonText } from '../../src/score/reason.ts';
import { reasonTexts } from '../../src/score/reason-texts.ts';
import { AS_OF, customer, deal, nothingKnown, won } from './builders.ts';
import { policy } from './default-policy.ts';
import { someHistory } from './forward/some-customer.ts';
import { fixedCuts as cuts, scored, scoreOf } from './score-of.ts';

const explained = (
  deals: Parameters<typeof scoreOf>[0],
  given: Parameters<typeof scoreOf>[1] = {},
) => explain(scoreOf(deals, given), policy, cuts);

describe('an explanation', () => {
  it('shows parts with their facts, what is unknown, the cuts and the orders', () => {
    const {
      lines,
      scores,
      tier,
      cuts: begin,
    } = explained(
      [
        won('2011-09-01', 120_00, {
          reference: 'INV-1',
          dueOn: '2011-10-01',
          paidOn: '2011-10-04',
        }),
        won('2011-11-01', 130_50, { reference: 'INV-2' }),
        won('2011-11-03', -10_00),
        deal({ amount: null, homeAmount: null }),
      ],
      {
        referrals: { referred: 2, bought: 1 },
        customer: { ...customer, eventsInvited: 4, eventsAttended: 1 },
      },
    );
    expect(tier).toEqual({ key: 'bronze', label: 'Bronze', grade: 'a', since: '2011-12-09' });
    expect(begin[0]).toEqual({ key: 'platinum', label: 'Platinum', from: 80 });
    expect(scores.map(({ code }) => code)).toEqual(['value', 'loyalty', 'credit']);
    expect(lines.slice(1)).toMatchInlineSnapshot(`
      [
        "Tier: Bronze A (Platinum from 80, Gold from 60, Silver from 40, Bronze from 0)",
        "Value 31/100",
        "  spend      8/40  240.50 GBP net in 2 orders since 2010-12-10",
        "  loyalty   13/40  loyalty 33 of 100, last order 2011-11-01",
        "  credit    10/20  credit 48 of 100, 0 of 1 paid on time",
        "Loyalty 33/100",
        "  repeat purchases   20/60  2 orders in 2 months from 2011-09-01 to 2011-11-01",
        "  referrals           8/20  2 referred, 1 bought",
        "  events              5/20  1 attended of 4 invitations",
        "Credit 48/100",
        "  paid on time    0/50  0 of 1 due",
        "  days overdue   29/30  3 days on average",
        "  refunds        19/20  10.00 GBP refunded",
        "RFM 4-2-2",
        "RFM segment         Promising (recency 4, frequency 2, monetary 2; not new: first order 2011-09-01)",
        "Value and loyalty   Other (value without loyalty 29, high from 60; loyalty 33, high from 60)",
        "Customer class      Existing (since 2011-12-01, last order 2011-11-01, ends on 2012-11-01 if nothing happens)",
        "Lifecycle stage     Repeat (since 2011-11-01, 2 orders, the last 2011-11-01, ends on 2012-11-01 if nothing happens)",
        "Purchase frequency  Low frequency (2 orders in 12 months; high from 6 a year)",
        "Importance          Normal (on no list)",
        "Way up              One more order of 10 GBP by 2012-03-31 → Silver.",
        "Activity            25 of 100",
        "Standards met       1 of 5: referral; unknown: steady spend, feedback",
        "Points              24, worth 1.20 GBP",
        "Offers              9.26 GBP a week; does not get the regular list",
        "Next order          about 2012-01-01, by the customer’s own rhythm",
        "Record              0 % complete; e-mail missing, name missing, country missing",
        "Orders              2 (2 since 2010-12-10)",
        "First order         2011-09-01",
        "Last order          2011-11-01",
        "Largest order       130.50 GBP, 2011-11-01 (INV-2)",
        "Usual gap           61 days",
        "Net amount          240.50 GBP since 2010-12-10; 240.50 GBP ever",
        "Refunded            10.00 GBP",
        "Deals left out      1 without amount",
      ]
    `);
  });

  it('says in English what is expected, how good the record is, and whom a prospect is like', () => {
    const prediction = {
      model: 'bgnbd',
      basis: 'fallback',
      horizonDays: 365,
      probabilityBuys: 0.81,
      expectedOrders: 2.4,
      spendMinor: null,
      lifetimeMinor: 240_00,
      years: 3,
    } as const;
    const { figures } = explain(
      {
        ...scoreOf([won('2011-09-01', 120_00)]),
        prediction,
        prospect: { score: 71, because: [{ attribute: 'country', value: 'DE', lift: 2.31 }] },
        quality: { completeness: 67, problems: ['email-invalid'] },
        points: { balance: 24, valueMinor: 1_20, expiring: 5, expireOn: '2012-01-02' },
        eligibility: { weeklyMinor: 30_00, biweekly: true, coupon: 35 },
      },
      policy,
      cuts,
      'en',
    );
    const said = figures.map(({ text }) => text).join('\n');
    expect(said).toContain('within 365 days: 81 % likely to buy, 2.4 orders expected (rate of all');
    expect(said).toContain('71 of 100 like the best customers: country DE (2.3 times as likely)');
    expect(said).toContain('67 % complete; ');
    expect(said).toContain('5 lapse soon, from 2012-01-02');
    expect(said).toContain('30.00 GBP a week; gets the regular list; coupon of 35 GBP');
  });

  it('says of a next order that was expected by now that it is overdue', () => {
    const score = { ...scoreOf([won('2011-09-01', 120_00)]), nextOrderOn: AS_OF };
    const said = (nextOrderOn: string, language: Language) =>
      explain({ ...score, nextOrderOn }, policy, cuts, language).lines.join('\n');
    expect(said(AS_OF, 'en')).not.toContain('overdue');
    expect(said('2011-11-01', 'en')).toContain('2011-11-01, by the customer’s own rhythm; overdue');
    expect(said('2011-11-01', 'zh')).toContain('已逾期未购');
  });

  it('names who set a floor by hand, and why', () => {
    const score = scoreOf([won('2011-09-01', 120_00)]);
    const named = { why: 'founder', by: 'A. Meier' };
    const held = { code: 'floor', without: 'bronze', until: '2028-01-01', named } as const;
    const said = (language: Language) =>
      explain({ ...score, tier: 'gold', held }, policy, null, language).lines.join(' ');
    expect(said('en')).toContain(
      'set by hand (founder, A. Meier); by the score alone Bronze, void from 2028-01-01',
    );
    expect(said('zh')).toMatch(/人工设定的最低等级（founder，A\. Meier）.*；2028-01-01 起失效/);
    expect(reasonText({ ...score, tier: 'gold', held }, policy, 'en')).not.toContain('Meier');
  });

  it('leaves the name of an attribute of the policy’s own as it is', () => {
    const said = reasonTexts.zh.trait({ attribute: 'industry', value: 'IT', lift: 2 });
    expect(said).toBe('industry IT（可能性为 2 倍）');
  });

  it('says the same in Chinese, held tier, fall and outlook too', () => {
    const deals = [won('2011-09-01', 120_00), won('2011-11-01', 130_50)];
    const score = scoreOf(deals, { referrals: { referred: 2, bought: 1 } });
    const { lines } = explain(
      {
        ...score,
        tier: 'silver',
        grade: 'b',
        held: { code: 'grace', without: 'bronze', until: '2012-01-15' },
        fall: { on: '2012-01-15', to: 'bronze' },
        stability: { periods: 4, meanMinor: 60_12, variation: 0.35, steady: true },
        points: { balance: 24, valueMinor: 1_20, expiring: 5, expireOn: '2012-01-02' },
        prediction: {
          model: 'bgnbd',
          basis: 'likelihood',
          horizonDays: 365,
          probabilityBuys: 0.81,
          expectedOrders: 2.4,
          spendMinor: 125_25,
          lifetimeMinor: 240_00,
          years: 3,
        },
        prospect: { score: 71, because: [{ attribute: 'country', value: 'DE', lift: 2.31 }] },
      },
      policy,
      cuts,
      'zh',
    );
    expect(lines.slice(1)).toMatchInlineSnapshot(`
      [
        "等级：白银客户 B（铂金客户 80 分起，黄金客户 60 分起，白银客户 40 分起，青铜客户 0 分起）",
        "价值 33/100，可信度 0.72",
        "  消费     15/50  自 2010-12-10 起 2 单，净消费 250.50 GBP",
        "  忠诚度   18/50  忠诚度 35/100，最近购买 2011-11-01",
        "  信用：没有已到期的付款记录；其权重已分给其他部分",
        "忠诚度 35/100，可信度 0.8",
        "  重复购买   25/75  2011-09-01 至 2011-11-01，在 2 个月份中购买 2 次",
        "  推荐他人   10/25  推荐 2 人，其中 1 人已购买",
        "  参与活动：没有邀请记录；其权重已分给其他部分",
        "信用：未知",
        "RFM 4-2-2",
        "客户分群          有希望客户（最近购买 4 分，购买频率 2 分，购买金额 2 分；首次购买 2011-09-01，不算新客户）",
        "价值与忠诚度象限  其他客户（不含忠诚度的价值 30 分（60 分起为高），忠诚度 35 分（60 分起为高））",
        "客户类别          现实顾客（自 2011-12-01 起，最近购买 2011-11-01，若无变化，将于 2012-11-01 结束）",
        "客户生命周期阶段  重复购买（自 2011-11-01 起，共 2 单，最近购买 2011-11-01，若无变化，将于 2012-11-01 结束）",
        "购买频率类别      低频客户（近 12 个月 2 单；每年 6 单起为高频）",
        "重要性名单        一般（不在任何名单中）",
        "等级保持          处于宽限期，仅按得分为青铜客户；若无新的变化，保持至 2012-01-15",
        "升级条件          2012-03-31 之前（含当日）再下一单（金额不限），即可升为白银客户。",
        "预计降级          若无新订单，2012-01-15 起降为青铜客户。",
        "活跃指数          25/100",
        "消费稳定性        平稳：4 期平均 60.12 GBP，波动系数 0.35",
        "达标情况          5 项中达到 1 项：口碑推荐；未知：消费稳定、信用良好、积极反馈",
        "积分              24 分，价值 1.20 GBP；其中 5 分即将过期，自 2012-01-02 起",
        "优惠资格          每周消费 10.03 GBP；不在定期清单中",
        "预计下次购买      约 2012-01-01，按客户自身的购买间隔推算",
        "购买预测          365 天内购买概率 81%，预计 2.4 单，每单约 125.25 GBP（模型 bgnbd）",
        "生命周期价值      240 GBP：未来 3 年（每年 365.25 天）预计毛利的折现值，不含已有订单",
        "潜在客户          与最有价值客户的相似度 71/100：国家 DE（可能性为 2.3 倍）",
        "客户资料          完整度 0%；缺少邮箱、缺少姓名、缺少国家",
        "订单数            2（自 2010-12-10 起 2）",
        "首次购买          2011-09-01",
        "最近购买          2011-11-01",
        "最大订单          130.50 GBP，2011-11-01（2011-11-01:13050）",
        "通常间隔          61 天",
        "净消费            自 2010-12-10 起 250.50 GBP；历来 250.50 GBP",
      ]
    `);
  });

  it('says what is unknown and what that did', () => {
    const { lines, scores } = explained([won('2011-11-01', 120_00)], {
      coverage: nothingKnown,
    });
    expect(scores[2]).toMatchObject({ code: 'credit', score: null, confidence: null, parts: [] });
    expect(lines).toContain(
      '  credit: no due date that has passed is known; its weight went to the other parts',
    );
    expect(lines).toContain('Credit: unknown');
    expect(lines).toContain('Value 10/100, confidence 0.64');
  });

  it('of a customer without a purchase says so', () => {
    expect(explained([]).lines[1]).toBe('No won deal that counts.');
    expect(explained([deal({ closedOn: null })]).lines).toContain(
      'Deals left out      1 without close date',
    );
    expect(explained([won('2011-11-01', -1_00)]).facts.map(({ code }) => code)).toEqual([
      'net',
      'refunded',
    ]);
  });

  it('goes without cut points, and without a tier', () => {
    const score = scoreOf([won('2011-11-01', 1)]);
    expect(explain({ ...score, tier: null }, policy, null).lines[1]).toBe(
      'No tier: too little is known',
    );
  });

  it('has no hole in it, and parts that add up, whatever the customer', () => {
    fc.assert(
      fc.property(someHistory, fc.constantFrom(...languages), (of, language) => {
        const { lines, scores } = explain(scored(of), policy, cuts, language);
        expect(lines.join('\n')).not.toMatch(/undefined|null|NaN|\?/);
        for (const { score, parts } of scores)
          expect(parts.reduce((sum, { points }) => sum + points, 0)).toBe(score ?? 0);
      }),
    );
  });

  it('of a customer who opted out says that alone', () => {
    const score = { ...scoreOf([]), optedOut: true };
    expect(explain({ ...score, classes: {} }, policy, cuts).lines).toHaveLength(2);
    expect(reasonText(score, policy, 'en')).toBe('Not scored: the customer opted out.');
  });

  it('writes amounts with the digits of their currency', () => {
    const yen = won('2011-11-01', 1_200, {
      amount: { minor: 1_200, currency: 'JPY' },
      homeAmount: { minor: 1_200, currency: 'JPY' },
    });
    const text = explained([yen], { homeCurrency: 'JPY' }).lines.join('\n');
    expect(text).toContain('1200 JPY net in 1 order');
    expect(text).not.toMatch(/\d\.\d+ JPY/);
  });

  it('has a general text for a rule or a part that it does not know', () => {
    const score = scoreOf([won('2011-11-01', 120_00)]);
    const lifecycle = { key: 'elsewhere', since: '2011-11-01', code: 'lifecycle.new', facts: {} };
    const segment = { key: 'loyal', since: null, code: 'segment.cell', facts: {} };
    const part = { code: 'value.luck', points: 1, of: 2, facts: {} };
    const value = { score: 1, parts: [part], unknown: ['value.fate'], confidence: 1 };
    const { classes, scores } = explain(
      { ...score, value, classes: { lifecycle, segment } },
      policy,
      cuts,
    );
    expect(classes.map(({ label, text }) => [label, text])).toEqual([
      ['Loyal', ''],
      ['elsewhere', 'since 2011-11-01'],
    ]);
    expect(scores[0]?.parts[0]).toMatchObject({ label: 'value.luck', text: '' });
    expect(scores[0]?.unknown[0]?.text).toBe('value.fate: Unknown');
  });
});
