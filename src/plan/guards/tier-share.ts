import type { TierMove } from '../../domain/plan.ts';
import { amount, count, limitText, percentBeside } from './figures.ts';
import type { BrakeInput, Guard } from './guard.ts';

/** In a move: no tier. */
export const noTier = 'none';

/** Of all customers that have a tier in the CRM, too many change it. */
export const tierCustomers: Guard = ({ brake, held, moves }) => {
  const limit = brake.tierCustomers;
  const had = sum(held.map(({ customers }) => customers));
  if (limit === null || had < brake.leastCustomers) return null;
  const moved = sum(leaving(moves).map(({ customers }) => customers));
  const share = moved / had;
  if (share <= limit) return null;
  return `${count(moved)} of ${count(had)} customers (${percentBeside(share, limit)}) change tier; ${limitText(limit)}.`;
};

/** Of their net amount, too much changes tier. A balance below zero is nothing to move. */
export const tierRevenue: Guard = ({ brake, held, moves, now }: BrakeInput) => {
  const limit = brake.tierRevenue;
  const had = sum(held.map(({ customers }) => customers));
  const whole = sum(held.map(({ netMinor }) => netMinor));
  if (limit === null || had < brake.leastCustomers || whole <= 0) return null;
  const moved = sum(leaving(moves).map(({ netMinor }) => Math.max(0, netMinor)));
  const share = moved / whole;
  if (share <= limit) return null;
  const shown = (minor: number) => amount(minor, now.homeCurrency);
  return `${shown(moved)} of ${shown(whole)} (${percentBeside(share, limit)}) of net revenue changes tier; ${limitText(limit)}.`;
};

/** Moves of customers that had a tier and lose or change it. */
function leaving(moves: readonly TierMove[]): readonly TierMove[] {
  return moves.filter(({ from, to }) => from !== noTier && from !== to);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
