import type { FieldKey } from '../domain/field.ts';
import type { Language } from './language.ts';

type FieldText = {
  readonly label: string;
  /** For a window of so many months. */
  readonly description: (windowMonths: number) => string;
};

const en: Readonly<Record<FieldKey, FieldText>> = {
  value_tier: {
    label: 'Value tier',
    description: () => 'What the customer is worth to us, cut from the value score.',
  },
  value_score: {
    label: 'Value score',
    description: () => 'What the customer is worth to us, 0 to 100: spend, loyalty and credit.',
  },
  loyalty_score: {
    label: 'Loyalty score',
    description: () => '0 to 100: buys again, recommends us, takes part.',
  },
  rfm: {
    label: 'RFM',
    description: () => 'Recency, frequency and monetary score, a digit each, 5 best.',
  },
  recency_score: {
    label: 'Recency score',
    description: () => '1 to 5: how lately the customer bought, 5 best.',
  },
  frequency_score: {
    label: 'Frequency score',
    description: (months) => `1 to 5: how often the customer bought in ${months} months, 5 best.`,
  },
  monetary_score: {
    label: 'Monetary score',
    description: (months) => `1 to 5: how much the customer bought in ${months} months, 5 best.`,
  },
  net_amount: {
    label: 'Net amount',
    description: (months) =>
      `Won in the last ${months} months less refunds, in the account's currency.`,
  },
  orders: {
    label: 'Orders',
    description: (months) => `Days with a won deal in the last ${months} months.`,
  },
  first_order_on: {
    label: 'First order',
    description: () => 'Day of the first won deal.',
  },
  last_order_on: {
    label: 'Last order',
    description: () => 'Day of the latest won deal.',
  },
  confidence: {
    label: 'Score confidence',
    description: () => '0 to 1: how much of the value score rests on known facts.',
  },
  reason: {
    label: 'Score reason',
    description: () => 'What the value score is made of.',
  },
};

/** Labels and help texts as they are first written to a CRM; people may rename them there. */
export const fieldTexts: Readonly<Record<Language, Readonly<Record<FieldKey, FieldText>>>> = { en };
