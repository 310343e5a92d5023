import { readBacktestOrders } from '../../../src/cli/backtest-books.ts';
import { backtestDocument } from '../../../src/cli/views/backtest-document.ts';
import type { Policy } from '../../../src/policy/schema.ts';
import { backtest } from '../../../src/score/backtest/backtest.ts';
import { casesOf } from '../../../src/score/backtest/cases.ts';
import { readText } from '../columns/orders-text.ts';
import { policy as shipped } from '../default-policy.ts';

const ahead = { model: 'bgnbd', years: 3, margin: 0.3, discount: 0.1 } as const;

/** What is asked of a backtest: days since 1970-01-01. */
type Asked = {
  readonly asOf: number;
  readonly horizonDays?: number;
  readonly policy?: Policy;
};

/** Backtests a file's text as the command does. */
export async function tested(text: string, { asOf, horizonDays, policy = shipped }: Asked) {
  const orders = await readBacktestOrders((rules) => Promise.resolve(readText(text, rules)), {
    policy,
    asOf,
    horizonDays: horizonDays ?? null,
  });
  const { minorDigits } = orders;
  const terms = { policy, asOf, horizonDays: orders.horizonDays, minorDigits, ahead };
  const result = backtest(orders.books, terms);
  const document = backtestDocument({
    ...{ name: 'orders.csv', policyFile: 'policy.yaml', policyVersion: '1', ahead },
    ...{ orders, result },
  });
  return { result, document, cases: () => casesOf(orders.books, terms) };
}
