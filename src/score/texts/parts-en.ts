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

const many = (count: number, one: string, more: string): string =>
  `${count} ${count === 1 ? one : more}`;

/** English names of parts, facts, figures and problems. */
export const partTextsEn: PartTexts = {
  parts: {
    'value.spend': 'spend',
    'value.loyalty': 'loyalty',
    'value.credit': 'credit',
    'loyalty.repeat': 'repeat purchases',
    'loyalty.referral': 'referrals',
    'loyalty.participation': 'events',
    'credit.onTime': 'paid on time',
    'credit.overdue': 'days overdue',
    'credit.refunds': 'refunds',
  },
  partFacts: {
    'value.spend': (of) =>
      `${of.amount('netMinor')} net in ${many(of.count('orders'), 'order', 'orders')} since ${of.fact('windowFrom')}`,
    'value.loyalty': (of) =>
      `loyalty ${of.fact('loyalty')} of 100, last order ${of.fact('lastOrderOn')}`,
    'value.credit': (of) =>
      `credit ${of.fact('credit')} of 100, ${of.fact('onTime')} of ${of.fact('due')} paid on time`,
    'loyalty.repeat': (of) =>
      `${many(of.count('orders'), 'order', 'orders')} in ${many(of.count('monthsWithOrder'), 'month', 'months')} from ${of.fact('firstOrderOn')} to ${of.fact('lastOrderOn')}`,
    'loyalty.referral': (of) => `${of.fact('referred')} referred, ${of.fact('bought')} bought`,
    'loyalty.participation': (of) =>
      `${of.fact('attended')} attended of ${of.fact('invited')} invitations`,
    'credit.onTime': (of) => `${of.fact('onTime')} of ${of.fact('due')} due`,
    'credit.overdue': (of) => `${of.fact('averageDaysOverdue')} days on average`,
    'credit.refunds': (of) => `${of.amount('refundedMinor')} refunded`,
  },
  whyUnknown: {
    'value.loyalty': 'nothing of it is known',
    'value.credit': 'no due date that has passed is known',
    'loyalty.referral': 'no referral field is filled in this CRM',
    'loyalty.participation': 'no invitation is known',
  },
  facts: {
    orders: 'Orders',
    firstOrder: 'First order',
    lastOrder: 'Last order',
    largestOrder: 'Largest order',
    gap: 'Usual gap',
    net: 'Net amount',
    refunded: 'Refunded',
  },
  figures: {
    held: 'Held',
    wayUp: 'Way up',
    fall: 'Fall',
    activity: 'Activity',
    stability: 'Spend',
    standards: 'Standards met',
    points: 'Points',
    eligibility: 'Offers',
    nextOrder: 'Next order',
    prediction: 'Outlook',
    lifetime: 'Lifetime value',
    prospect: 'Prospect',
    quality: 'Record',
  },
  problems: {
    'amount-missing': 'without amount',
    'amount-unreadable': 'with an unreadable amount',
    'currency-unknown': 'in an unknown currency',
    'rate-unknown': 'without exchange rate',
    'date-missing': 'without close date',
    'date-in-future': 'closing in the future',
    'customer-missing': 'without customer',
    'order-conflict': 'unlike the order of that number in another CRM',
  },
  recordProblems: {
    'email-missing': 'e-mail missing',
    'email-invalid': 'e-mail impossible',
    'phone-missing': 'phone missing',
    'phone-invalid': 'phone impossible',
    'name-missing': 'name missing',
    'country-missing': 'country missing',
    'external-id-missing': 'customer number missing',
    'birthday-missing': 'birthday missing',
    'birthday-impossible': 'birthday impossible',
    'duplicate-candidate': 'possible duplicate',
    'override-unknown': 'a class given by hand that there is not',
  },
  standards: {
    steadySpend: 'steady spend',
    credit: 'credit',
    loyalty: 'loyalty',
    feedback: 'feedback',
    referral: 'referral',
  },
};
