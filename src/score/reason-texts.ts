import type { DealProblem } from '../domain/deal.ts';
import type { Language } from '../policy/language.ts';

/** What a part's fact text may use. */
type PartFacts = {
  /** A fact as text. */
  readonly fact: (name: string) => string;
  /** A fact of minor units as an amount. */
  readonly amount: (name: string) => string;
  /** Length of the window. */
  readonly months: number;
};

type FactLabel =
  | 'orders'
  | 'firstOrder'
  | 'lastOrder'
  | 'largestOrder'
  | 'gap'
  | 'net'
  | 'refunded';

/** Every phrase that reasons are built of. */
export type ReasonTexts = {
  readonly language: Language;
  /** A part of a score by its code. */
  readonly parts: Readonly<Record<string, string>>;
  /** The facts of a part, and why nothing may be known of it, by its code. */
  readonly partFacts: Readonly<Record<string, (given: PartFacts) => string>>;
  readonly whyUnknown: Readonly<Record<string, string>>;
  readonly facts: Readonly<Record<FactLabel, string>>;
  readonly problems: Readonly<Record<DealProblem, string>>;
  readonly noOrder: string;
  readonly noTier: string;
  readonly value: string;
  readonly loyalty: string;
  readonly credit: string;
  readonly unknown: string;
  readonly leftOut: string;
  readonly tier: string;
  readonly from: string;
  readonly since: string;
  readonly ever: string;
  readonly days: string;
  readonly confidence: string;
  readonly weightWent: string;
  readonly head: (given: { customerId: string; asOf: string; policyVersion: string }) => string;
  readonly spent: (given: { net: string; orders: number; months: number; last: string }) => string;
};

const en: ReasonTexts = {
  language: 'en',
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
    'value.spend': ({ fact, amount }) =>
      `${amount('netMinor')} net in ${fact('orders')} orders since ${fact('windowFrom')}`,
    'value.loyalty': ({ fact }) =>
      `loyalty ${fact('loyalty')} of 100, last order ${fact('lastOrderOn')}`,
    'value.credit': ({ fact }) =>
      `credit ${fact('credit')} of 100, ${fact('onTime')} of ${fact('due')} paid on time`,
    'loyalty.repeat': ({ fact }) =>
      `${fact('orders')} orders in ${fact('monthsWithOrder')} months from ${fact('firstOrderOn')} to ${fact('lastOrderOn')}`,
    'loyalty.referral': ({ fact }) => `${fact('referred')} referred, ${fact('bought')} bought`,
    'loyalty.participation': ({ fact }) =>
      `${fact('attended')} attended of ${fact('invited')} invitations`,
    'credit.onTime': ({ fact }) => `${fact('onTime')} of ${fact('due')} due`,
    'credit.overdue': ({ fact }) => `${fact('averageDaysOverdue')} days on average`,
    'credit.refunds': ({ amount }) => `${amount('refundedMinor')} refunded`,
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
  problems: {
    'amount-missing': 'without amount',
    'amount-unreadable': 'with an unreadable amount',
    'currency-unknown': 'in an unknown currency',
    'rate-unknown': 'without exchange rate',
    'date-missing': 'without close date',
    'date-in-future': 'closing in the future',
    'customer-missing': 'without customer',
  },
  noOrder: 'No won deal that counts.',
  noTier: 'No tier: too little is known',
  value: 'Value',
  loyalty: 'Loyalty',
  credit: 'Credit',
  unknown: 'Unknown',
  leftOut: 'Deals left out',
  tier: 'Tier',
  from: 'from',
  since: 'since',
  ever: 'ever',
  days: 'days',
  confidence: 'confidence',
  weightWent: 'its weight went to the other parts',
  head: ({ customerId, asOf, policyVersion }) =>
    `Customer ${customerId} as of ${asOf} (policy ${policyVersion})`,
  spent: ({ net, orders, months, last }) =>
    `${net} net, ${orders} ${orders === 1 ? 'order' : 'orders'} in ${months} months; last ${last}.`,
};

/** The phrases by language. */
export const reasonTexts: Readonly<Record<Language, ReasonTexts>> = { en };
