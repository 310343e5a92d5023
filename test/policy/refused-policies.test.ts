import { expect, it } from 'vitest';
import { changed, problems } from './refusal.ts';

const weights = '{ spend: 0.4, loyalty: 0.4, credit: 0.2 }';
const named = (rest: string): readonly [string, string] => ['named: []', `named:\n  - { ${rest} }`];
const who = "customer: 'K-1', why: founder, by: Ann";
const list = (rest: string): readonly [string, string] => [
  'lists:\n',
  `lists:\n  - { key: mine, name: Mine, ${rest} }\n`,
];
const field = (given: string): readonly [string, string] => ['  - orders\n', `  - ${given}\n`];
const segment = (where: string): readonly [string, string] => [
  'classes: []',
  `classes: [{ key: x, label: { en: X }, description: { en: X }, icon: x, colour: '#000000', where: ${where} }]`,
];

const wrong: readonly (readonly [string, readonly [string, string], RegExp])[] = [
  [
    'weights that are all zero',
    [weights, '{ spend: 0, loyalty: 0, credit: 0 }'],
    /value\.weights: all weights are zero/,
  ],
  [
    'a weight that is missing',
    [weights, '{ spend: 0.4, loyalty: 0.4 }'],
    /value\.weights\.credit: is missing/,
  ],
  ['a negative weight', ['spend: 0.4', 'spend: -1'], /value\.weights\.spend/],
  [
    'an unknown weight',
    ['credit: 0.2 }', 'credit: 0.2, charm: 1 }'],
    /value\.weights\.charm: unknown key; remove it/,
  ],
  ['fixed thresholds that do not rise', ['[30, 90, 180, 365]', '[30, 90, 90, 365]'], /must rise/],
  ['too few fixed thresholds', ['[2, 3, 5, 10]', '[2, 3, 5]'], /rfm\.fixed\.frequency/],

  ['a tier named twice', ['key: gold\n', 'key: platinum\n'], /`platinum` is given twice/],
  ['a tier called none', ['key: silver', 'key: none'], /`none` means that there is no class/],
  [
    'a key that a CRM cannot store',
    ['key: silver', 'key: Silver!'],
    /a key is a lower-case letter/,
  ],
  ['shares of more than all', ['share: 0.30', 'share: 0.85'], /add up to 105 %/],
  ['a rest above the lowest tier', ['share: 0.15', 'share: rest'], /and no other/],
  ['a lowest tier that is not the rest', ['share: rest', 'share: 0.2'], /the lowest tier, and/],
  ['a lowest tier of a number', ['share: rest', 'top: 20'], /the lowest tier, and/],
  ['a share that is none', ['share: 0.15', 'share: most'], /must be a share of the base/],
  ['a tier without a size', ['      share: 0.15\n', ''], /classes\.1\.share: is missing; give a/],
  [
    'a tier of two sizes',
    ['share: 0.15', 'share: 0.15\n      top: 10'],
    /classes\.1\.top: .* not both/,
  ],
  ['a top of nobody', ['share: 0.15', 'top: 0'], /classes\.1\.top/],
  ['tiers that overlap', ['from: 60', 'from: 80'], /must be below the 80/],
  ['a gap below the lowest tier', ['from: 0\n', 'from: 5\n'], /begins at 0/],
  ['a grade that is no letter', ['grades: [a, b, c]', 'grades: [a, bb]'], /one lower-case letter/],
  ['a grade given twice', ['grades: [a, b, c]', 'grades: [a, a]'], /`a` is given twice/],
  [
    'steps down that are none',
    ['stepsDown: 1', 'stepsDown: some'],
    /a number of tiers from 1 to 20/,
  ],
  ['an icon that is a picture', ['icon: gem', 'icon: gem.png'], /an icon is a name/],
  ['a colour that is a word', ["colour: '#6B7A99'", 'colour: blue'], /a colour is written/],
  [
    'a label without English',
    ['{ en: Platinum, zh: 铂金客户 }', '{ zh: 铂金 }'],
    /label\.en: is missing/,
  ],
  [
    'a tier with an unknown service level',
    ['serviceLevel: preferred', 'serviceLevel: best'],
    /classes\.1\.serviceLevel: nothing has the key `best`; there are dedicated, preferred, standard/,
  ],
  [
    'a tier with an unknown strategy',
    ['strategy: wide', 'strategy: loud'],
    /classes\.3\.strategy: nothing has the key `loud`/,
  ],
  ['a channel named twice', ['[phone, mail]', '[mail, mail]'], /`mail` is given twice/],

  [
    'a named customer without an author',
    named("customer: 'K-1', floor: gold, why: x"),
    /named\.0\.by: is missing/,
  ],
  [
    'a named customer without a reason',
    named("customer: 'K-1', floor: gold, by: x"),
    /named\.0\.why: is missing/,
  ],
  ['a named customer without a rule', named(who), /give a `floor` \(a tier\)/],
  [
    'a floor that is no tier',
    named(`${who}, floor: iron`),
    /named\.0\.floor: nothing has the key `iron`/,
  ],
  [
    'an importance by hand that is normal',
    named(`${who}, importance: normal`),
    /must be one of `red`, `black`/,
  ],
  ['a day that is none', named(`${who}, floor: gold, until: 2027-02-30`), /must be a day/],
  [
    'a customer named twice',
    [
      'named: []',
      `named:\n  - { ${who}, floor: gold }\n  - { ${who.replace('K', 'k')}, floor: gold }`,
    ],
    /named\.1\.customer: `k-1` is given twice/,
  ],

  ['a currency that is none', ['currency: any', 'currency: EURO'], /`any` or an ISO 4217 code/],
  ['a coupon that ends before it begins', ['to: 40', 'to: 20'], /coupon\.to: must not be below/],
  [
    'a coupon of more than the net amount it asks for',
    ['netFrom: 100', 'netFrom: 39'],
    /coupon\.netFrom: must not be below `to`/,
  ],
  [
    'an activation of no points',
    ['points: 40', 'points: 0'],
    /activation\.points: must be at least/,
  ],
  [
    'an activation on the day of a sensitive attribute',
    ['attribute: activated_on', 'attribute: birthday'],
    /activation\.attribute: `birthday` is a sensitive/,
  ],
  ['an activation left open', ['  activation: {', '  # activation: {'], /activation: is missing/],
  ['risk classes that overlap', ['lowRiskFrom: 0.6', 'lowRiskFrom: 0.2'], /would overlap/],
  [
    'a required field that no record has',
    ['[email, name, country]', '[email, shoe]'],
    /quality\.required\.1: must be one of/,
  ],
  ['a field required twice', ['[email, name, country]', '[email, email]'], /given twice/],

  ['a list named twice', ["'Assay: Best customers'", "'Assay: Platinum customers'"], /given twice/],
  ['a list without a rule', list('values: [gold]'), /a list has `tiers`, or a `field`/],
  ['a list of two rules', list('tiers: [gold], field: rfm, values: [x]'), /a list has `tiers`, or/],
  ['a list by a field without values', list('field: rfm'), /a list has `tiers`, or a `field`/],
  [
    'a list by a result that is not written',
    list('field: trend, values: [rising]'),
    /goes by `trend`, which is not among `fields`/,
  ],
  [
    'a list by a class that there is not',
    list('field: churn_risk, values: [high, huge]'),
    /values\.1: `churn_risk` is never `huge`; there are low, medium, high/,
  ],
  [
    'a list by a grade that there is not',
    list('field: value_grade, values: [gold_d]'),
    /is never `gold_d`/,
  ],
  ['a list by an empty family', list('field: attribute_segment, values: [a]'), /there is none/],
  ['a result written twice', field('rfm'), /fields\.\d+: `rfm` is given twice/],
  [
    'two results in one field',
    field('{ result: trend, name: rfm }'),
    /fields\.\d+: `rfm` is given twice/,
  ],
  [
    'a result that does not exist',
    field('ordres'),
    /no result is called `ordres`; did you mean `orders`\?/,
  ],
  ['a result that is like none', field('x'), /no result is called `x`; there are value_tier, /],
  [
    'a renamed result that does not exist',
    field('{ result: ordres, name: x }'),
    /no result is called `ordres`; did you mean `orders`\?/,
  ],
  [
    'a renamed result without a name',
    field('{ result: trend }'),
    /must be a result, or \{ result: …, name: … \}/,
  ],
  [
    'a number below its bound',
    ['halfLifeDays: 90', 'halfLifeDays: 0'],
    /halfLifeDays: must be at least 1/,
  ],
  [
    'a number above its bound',
    ['graceDays: 30', 'graceDays: 400'],
    /graceDays: must be at most 366/,
  ],
  [
    'a number on an open bound',
    ['keyAccounts: { share: 0.8', 'keyAccounts: { share: 1'],
    /share: must be below 1/,
  ],
  [
    'a number on a lower bound',
    ['pointsPerUnit: 20', 'pointsPerUnit: 0'],
    /pointsPerUnit: must be at least 0.01/,
  ],
  ['a result that is a number', field('5'), /must be a result, or \{ result: …, name: … \}/],
  [
    'a field name that no CRM takes',
    field('{ result: orders, name: Orders! }'),
    /fields\.\d+\.name: a name is/,
  ],
  [
    'an empty field that is a choice',
    field('attribute_segment'),
    /`attribute_segment` has no values/,
  ],

  [
    'a cell with two segments',
    ['R3F2: [AS,', 'R3F2: [AS, AS,'],
    /cells\.R3F2\.5: R3F2 has 6 segments for five cells/,
  ],
  ['a cell without a segment', ['R3F2: [AS, ', 'R3F2: ['], /cells\.R3F2: R3F2M5 has no segment/],
  [
    'a row that is missing',
    ['    R1F1: [Ls, Ls, CL, CL, CL]\n', ''],
    /R1F1M1 has no segment[\s\S]*R1F1M5 has no segment/,
  ],
  [
    'a cell that there is not',
    ['R1F1: [', 'R1F6: ['],
    /cells\.R1F6: unknown key; did you mean `R\dF\d`\?/,
  ],
  [
    'a code that there is not',
    ['R1F1: [Ls,', 'R1F1: [Lx,'],
    /cells\.R1F1\.0: `Lx` is no code; there are Ch, Lo/,
  ],
  [
    'a segment that there is not',
    ['Ch: champions', 'Ch: champs'],
    /segments\.codes\.Ch: must be one of/,
  ],

  [
    'a family without a class',
    ['      - key: at_risk\n', '      - key: at_rest\n'],
    /segment\.classes: lacks `at_risk`[\s\S]*no class of this family has the key `at_rest`/,
  ],
  [
    'a class given twice',
    ['key: big_unattached', 'key: star'],
    /quadrant\.classes[\s\S]*`star` is given twice/,
  ],
  [
    'a family that there is not',
    ['\n  trend:\n', '\n  fashion:\n'],
    /families\.trend: is missing[\s\S]*families\.fashion: unknown key/,
  ],
  ['a segment of no attribute', segment('{}'), /name an attribute and its values/],
  ['a segment of no value', segment('{ country: [] }'), /name a value/],
  [
    'a segment by a sensitive attribute',
    segment('{ customer_gender: [x] }'),
    /where\.customer_gender: `customer_gender` is a sensitive attribute: nobody is grouped/,
  ],
  [
    'prospects by a sensitive attribute',
    ['attributes: [country]', 'attributes: [民族]'],
    /prospects\.attributes\.0: `民族` is a sensitive/,
  ],
];

it.each(wrong)('a policy is refused for %s', (_name, piece, message) => {
  expect(problems(changed(piece)).join('\n')).toMatch(message);
});

it('names the line of a check between sections, whatever else is wrong', () => {
  const text = changed(
    ['serviceLevel: preferred', 'serviceLevel: best'],
    ['format: 1', 'format: 7'],
  );
  expect(problems(text)).toHaveLength(2);
});
