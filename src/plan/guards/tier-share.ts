import type { TierMove } from '../../domain/plan.ts';
import { amount, count, limitText, percentBeside } from './figures.ts';
import type { BrakeInput, Guard } from './guard.ts';

/** In a move: no tier. */
export const noTier = 'none';

/**
 * Of all customers that have a tier before or after, whatever the plan compared, too many change it.
 * Who had none counts once a run has written: deals that count as won by mistake give tiers to many
 * who never bought, and on a first run everybody has none.
 */
export const tierCustomers: Guard = (input) => {
  const limit = input.brake.tierCustomers;
  const had = heldCustomers(input);
  if (limit === null || had < input.brake.leastCustomers) return null;
  const came = sum(arriving(input).map(({ customers }) => customers));
  const moved = came + sum(leaving(input).map(({ customers }) => customers));
  const share = moved / (had + came);
  if (share <= limit) return null;
  const those = came === 0 ? '' : `, ${count(came)} of whom had none,`;
  return `${count(moved)} of ${count(had + came)} customers (${percentBeside(share, limit)})${those} change tier; ${limitText(limit)}.`;
};

/** Of their net amount, too much changes tier. A balance below zero is nothing to move. */
export const tierRevenue: Guard = (input) => {
  const limit = input.brake.tierRevenue;
  if (limit === null || heldCustomers(input) < input.brake.leastCustomers) return null;
  const came = sum(arriving(input).map(netOf));
  const moved = came + sum(leaving(input).map(netOf));
  const whole = came + sum(input.held.map(({ netMinor }) => netMinor));
  const share = whole <= 0 ? 0 : moved / whole;
  if (share <= limit) return null;
  const shown = (minor: number) => amount(minor, input.now.homeCurrency);
  return `${shown(moved)} of ${shown(whole)} (${percentBeside(share, limit)}) of net revenue changes tier; ${limitText(limit)}.`;
};

function heldCustomers({ held }: BrakeInput): number {
  return sum(held.map(({ customers }) => customers));
}

/** Moves of customers that had a tier and lose or change it. */
function leaving({ moves }: BrakeInput): readonly TierMove[] {
  return moves.filter(({ from, to }) => from !== noTier && from !== to);
}

/** Moves of customers that had none, once a run has written. */
function arriving({ moves, before }: BrakeInput): readonly TierMove[] {
  return before === null ? [] : moves.filter(({ from, to }) => from === noTier && to !== noTier);
}

function netOf({ netMinor }: TierMove): number {
  return Math.max(0, netMinor);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
