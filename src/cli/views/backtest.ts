import type { BacktestDocument } from './backtest-document.ts';
import {
  chanceRows,
  errorRows,
  groupRows,
  liftRows,
  marks,
  moveMatrix,
  type Rows,
  verdictRows,
} from './backtest-rows.ts';
import { count, counted } from './figures.ts';
import { type Align, indent, table } from './table.ts';
import { units } from './units.ts';

/** A backtest for a person: verdicts first, what does not hold before what does. */
export function renderBacktest(done: BacktestDocument, out: string | null): string {
  const { currency, verdicts } = done;
  const failed = verdicts.filter(({ outcome }) => outcome !== 'better');
  const held = verdicts.filter(({ outcome }) => outcome === 'better');
  const sections = [
    section(
      'What does not beat its baseline',
      failed.map(({ outcome, text }) => `${marks[outcome].mark} ${text}`).join('\n'),
    ),
    section('What beats its baseline', held.length === 0 ? '' : verdictTable(done)),
    section('By value tier', grid(groupRows(done.tiers, currency))),
    section('By loyalty', grid(groupRows(done.loyalty, currency))),
    section('Share of the next spend held', grid(liftRows(done))),
    section('Who will order', grid(chanceRows(done))),
    section('Next orders, forecast', grid(errorRows(done.orders, figure))),
    section('Next spend, forecast', grid(errorRows(done.spend, (value) => units(value, currency)))),
    section(`Tiers at ${done.until}, by the same cut points`, grid(moveMatrix(done))),
    done.warnings.map((warning) => `! ${warning}`).join('\n'),
    out === null ? '' : `Written to ${out}`,
  ];
  return [headline(done), ...sections.filter((text) => text !== '')].join('\n\n');
}

/** What was done, and how many there were. */
export function headline(done: BacktestDocument): string {
  return `Backtest of ${done.name} as of ${done.asOf}: what ${counted(done.customers, 'customer')} did in the ${counted(done.horizonDays, 'day')} to ${done.until}
${count(done.bought)} ordered again: ${counted(done.nextOrders, 'order')}, ${units(done.nextSpend, done.currency)}`;
}

function verdictTable({ verdicts, currency }: BacktestDocument): string {
  const held = verdicts.filter(({ outcome }) => outcome === 'better');
  const { rows } = verdictRows(held, currency);
  const words = ['left', 'left', 'left', 'left'] as const;
  const lines = rows.map(([mark = '', subject = '', baseline = '', ...figures]) => [
    mark,
    `${subject} against ${baseline}`,
    ...figures,
  ]);
  const head = ['', '', '', 'score', 'baseline', 'gain', '95 %'];
  return table([head, ...lines], [...words.slice(1), 'right', 'right', 'right', 'left']);
}

function section(title: string, body: string): string {
  return body === '' ? '' : `${title}\n${indent(body)}`;
}

function grid({ head, rows }: Rows): string {
  const aligns = head.map((_, at): Align => (at === 0 ? 'left' : 'right'));
  return table([head, ...rows], aligns);
}

/** Whole where it is large. */
export function figure(value: number): string {
  return value >= 1000 ? count(Math.round(value)) : value.toFixed(3);
}
