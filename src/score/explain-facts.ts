import type { ExplainContext } from './explain-context.ts';
import { amountText, problemsText } from './phrases.ts';

/** A raw fact in words. */
export type ExplainedFact = {
  readonly code: string;
  readonly label: string;
  readonly text: string;
};

/** What the score rests on: orders with days and amounts, refunds, deals left out. */
export function explainFacts(context: ExplainContext): readonly ExplainedFact[] {
  return [...orderFacts(context), ...moneyFacts(context), ...problemFacts(context)];
}

function orderFacts({ score: { signals }, texts }: ExplainContext): readonly ExplainedFact[] {
  const { orders, firstOrderOn, lastOrderOn, largestOrder, medianGapDays } = signals;
  if (firstOrderOn === null || lastOrderOn === null || largestOrder === null) return [];
  const { facts: label, marks } = texts;
  const inWindow = texts.since({
    text: `${signals.ordersInWindow}`,
    day: signals.windowFrom,
  });
  const largest = amountText(largestOrder.minor, signals.currency);
  return [
    { code: 'orders', label: label.orders, text: `${orders}${marks.aside(inWindow)}` },
    { code: 'firstOrder', label: label.firstOrder, text: firstOrderOn },
    { code: 'lastOrder', label: label.lastOrder, text: lastOrderOn },
    {
      code: 'largestOrder',
      label: label.largestOrder,
      text: `${largest}${marks.comma}${largestOrder.on}${marks.aside(largestOrder.deals.join(', '))}`,
    },
    ...(medianGapDays === null
      ? []
      : [{ code: 'gap', label: label.gap, text: texts.days(medianGapDays) }]),
  ];
}

function moneyFacts({ score: { signals }, texts }: ExplainContext): readonly ExplainedFact[] {
  const { currency, netInWindow, netEver, refundedEver, windowFrom } = signals;
  if (netEver === 0 && refundedEver === 0 && signals.orders === 0) return [];
  const net = texts.since({ text: amountText(netInWindow, currency), day: windowFrom });
  const ever = texts.ever(amountText(netEver, currency));
  const refunded = amountText(refundedEver, currency);
  return [
    { code: 'net', label: texts.facts.net, text: `${net}${texts.marks.semicolon}${ever}` },
    ...(refundedEver === 0
      ? []
      : [{ code: 'refunded', label: texts.facts.refunded, text: refunded }]),
  ];
}

function problemFacts({ score: { signals }, texts }: ExplainContext): readonly ExplainedFact[] {
  const text = problemsText(signals, texts);
  return text === '' ? [] : [{ code: 'leftOut', label: texts.leftOut, text }];
}
