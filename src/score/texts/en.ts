import { classTextsEn } from './classes-en.ts';
import { partTextsEn } from './parts-en.ts';
import type { ReasonTexts } from './shape.ts';

const orders = (count: number): string => (count === 1 ? 'order' : 'orders');
const until = (day: string | null): string =>
  day === null ? '' : `, until ${day} if nothing happens`;

/** English. */
export const textsEn: ReasonTexts = {
  language: 'en',
  marks: {
    comma: ', ',
    semicolon: '; ',
    list: ', ',
    colon: ': ',
    stop: '.',
    between: ' ',
    aside: (text) => ` (${text})`,
  },
  ...partTextsEn,
  classes: classTextsEn,
  classSince: (day) => `since ${day}`,
  classUntil: (day) => `ends on ${day} if nothing happens`,
  held: {
    hysteresis: ({ without, until: day }) =>
      `the score is only just below; by the score alone ${without}${until(day)}`,
    grace: ({ without, until: day }) => `days of grace; by the score alone ${without}${until(day)}`,
    review: ({ without, until: day }) =>
      `falls only at a review; by the score alone ${without}${until(day)}`,
    step: ({ without, until: day }) =>
      `not so many tiers down at once; by the score alone ${without}${until(day)}`,
    floor: ({ without, until: day, named }) =>
      `set by hand${named === undefined ? '' : ` (${named.why}, ${named.by})`}; by the score alone ${without}${day === null ? '' : `, void from ${day}`}`,
    override: ({ without, until: day, named }) =>
      `given by hand${named === undefined ? '' : ` (${named.why}, ${named.by})`}; by the rules ${without}${day === null ? '' : `, which holds again from ${day}`}`,
  },
  byHand: 'By hand',
  optedOut: 'Not scored: the customer opted out.',
  outOfScope: (why) =>
    why.code === 'excluded'
      ? `Out of scope: ${why.attribute} is ${why.value}, which the policy leaves out.`
      : `Out of scope: no order and no new record for ${why.months} months, since ${why.since}.`,
  noOrder: 'No won deal that counts.',
  noTier: 'No tier: too little is known',
  value: 'Value',
  loyalty: 'Loyalty',
  credit: 'Credit',
  unknown: 'Unknown',
  leftOut: 'Deals left out',
  tier: 'Tier',
  from: ({ label, from }) => `${label} from ${from}`,
  since: ({ text, day }) => `${text} since ${day}`,
  ever: (amount) => `${amount} ever`,
  days: (days) => `${days} ${days === 1 ? 'day' : 'days'}`,
  confidence: (confidence) => `confidence ${confidence}`,
  weightWent: 'its weight went to the other parts',
  head: ({ customerId, asOf, policyVersion }) =>
    `Customer ${customerId} as of ${asOf} (policy ${policyVersion})`,
  problemCount: ({ count, problem }) => `${count} ${problem}`,
  spent: ({ net, orders: count, months, last }) =>
    `${net} net, ${count} ${orders(count)} in ${months} months; last ${last}.`,
  wayUp: ({ amount, by, tier }) =>
    amount === null
      ? `One more order, however small, by ${by} → ${tier}.`
      : `One more order of ${amount} by ${by} → ${tier}.`,
  fall: ({ on, tier }) => `Without an order ${tier} from ${on}.`,
  activity: (index) => `${index} of 100`,
  stability: ({ variation, periods, mean, steady }) =>
    `${steady ? 'steady' : 'uneven'}: varies by ${variation} of the mean ${mean} over ${periods} periods`,
  standardsMet: ({ met, names, unknown }) =>
    `${met} of 5${names === '' ? '' : `: ${names}`}${unknown === '' ? '' : `; unknown: ${unknown}`}`,
  points: ({ balance, value }) => `${balance}, worth ${value}`,
  pointsLapse: ({ expiring, on }) => (on === null ? '' : `; ${expiring} lapse soon, from ${on}`),
  eligibility: ({ weekly, list, coupon }) =>
    `${weekly} a week; ${list ? 'gets' : 'does not get'} the regular list${coupon === null ? '' : `; coupon of ${coupon}`}`,
  nextOrder: (day, overdue) =>
    `about ${day}, by the customer’s own rhythm${overdue ? '; overdue' : ''}`,
  prediction: ({ percent, orders: count, spend, days, model, fallback }) =>
    `within ${days} days: ${percent} % likely to buy, ${count} orders expected${spend === null ? '' : ` of ${spend} each`} (${fallback ? 'rate of all customers, too little data for a model' : model})`,
  lifetime: ({ amount, years }) =>
    `${amount}: discounted margin of the next ${years} years of 365.25 days; past orders not counted`,
  prospect: ({ score, because }) =>
    `${score} of 100 like the best customers${because === '' ? '' : `: ${because}`}`,
  trait: ({ attribute, value, lift }) => `${attribute} ${value} (${lift} times as likely)`,
  quality: ({ completeness, problems }) =>
    `${completeness} % complete${problems === '' ? '' : `; ${problems}`}`,
};
