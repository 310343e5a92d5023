import type { BacktestDocument } from './backtest.ts';
export function backtestPage(_: BacktestDocument): string {
  return '';
}
