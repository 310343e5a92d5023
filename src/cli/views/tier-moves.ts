import type { TierMove } from '../../domain/plan.ts';
import type { Rows } from './backtest-rows.ts';
import { amount, count, counted } from './figures.ts';
import { type Align, indent, table } from './table.ts';

type Look = {
  readonly currency: string | null;
  /** Tier keys, highest first. */
  readonly tiers: readonly string[];
};

const none = 'none';

/** The tier migration matrix, and the revenue that moves with it. Empty without any customer. */
export function renderTierMoves(moves: readonly TierMove[], look: Look): string {
  if (moves.length === 0) return '';
  const moving = moves.filter(({ from, to }) => from !== to);
  const matrix = `Tiers, customers from (down) to (across)\n${indent(renderMatrix(moves, look))}`;
  return moving.length === 0
    ? `${matrix}\n\nNobody changes tier`
    : `${matrix}\n\n${renderRevenue(moving, look)}`;
}

function renderMatrix(moves: readonly TierMove[], { tiers }: Look): string {
  const { head, rows } = tierMatrix(moves, tiers);
  const aligns: Align[] = head.map((_, at) => (at === 0 ? 'left' : 'right'));
  return table([head, ...rows], aligns);
}

/** Customers from the tier of a row to the tier of a column. */
export function tierMatrix(moves: readonly TierMove[], tiers: readonly string[]): Rows {
  const from = inOrder(
    moves.map((move) => move.from),
    tiers,
  );
  const to = inOrder(
    moves.map((move) => move.to),
    tiers,
  );
  const cell = (row: string, column: string) => {
    const customers = sum(moves.filter((move) => move.from === row && move.to === column));
    return customers === 0 ? '·' : count(customers);
  };
  return {
    head: ['', ...to],
    rows: from.map((row) => [row, ...to.map((column) => cell(row, column))]),
  };
}

function renderRevenue(moving: readonly TierMove[], { currency }: Look): string {
  const rows = moving
    .toSorted((left, right) => Math.abs(right.netMinor) - Math.abs(left.netMinor))
    .map(({ from, to, customers, netMinor }) => [
      `${from} → ${to}`,
      counted(customers, 'customer'),
      amount(netMinor, currency),
    ]);
  const total = moving.reduce((all, { netMinor }) => all + netMinor, 0);
  const title = `Revenue that moves: ${amount(total, currency)} of ${counted(sum(moving), 'customer')}`;
  return `${title}\n${indent(table(rows, ['left', 'right', 'right']))}`;
}

/** Keys that occur, in the policy's order; then those it does not know; `none` last. */
function inOrder(keys: readonly string[], tiers: readonly string[]): readonly string[] {
  const present = new Set(keys);
  const strangers = [...present].filter((key) => key !== none && !tiers.includes(key)).toSorted();
  return [...tiers, ...strangers, none].filter((key) => present.has(key));
}

function sum(moves: readonly TierMove[]): number {
  return moves.reduce((all, { customers }) => all + customers, 0);
}
