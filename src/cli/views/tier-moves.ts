import { stakeOf, type TierMove } from '../../domain/plan.ts';
import type { Rows } from './backtest-rows.ts';
import { amountAndWas, count, counted } from './figures.ts';
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
    .toSorted(byStake)
    .map((move) => [
      `${move.from} → ${move.to}`,
      counted(move.customers, 'customer'),
      amountAndWas(move, currency),
    ]);
  const total = {
    netMinor: moving.reduce((all, { netMinor }) => all + netMinor, 0),
    heldMinor: moving.reduce((all, { netMinor, heldMinor = netMinor }) => all + heldMinor, 0),
  };
  const title = `Revenue that moves: ${amountAndWas(total, currency)} of ${counted(sum(moving), 'customer')}`;
  return `${title}\n${indent(table(rows, ['left', 'right', 'right']))}`;
}

/** What is most at stake first. */
export function byStake(one: TierMove, other: TierMove): number {
  return stakeOf(other) - stakeOf(one);
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
