import type { Coverage } from '../domain/coverage.ts';
import type { Signals } from '../domain/score.ts';
import type { Policy } from '../policy/schema.ts';
import { Column } from './column.ts';
import { creditScoreOf } from './credit.ts';
import type { ScoringWorld } from './history-input.ts';
import { loyaltyScoreOf } from './loyalty.ts';

type BaseWorld = Pick<ScoringWorld, 'policy' | 'homeCurrency' | 'coverage'>;

/** Stands for an unknown score in a column. */
export const UNKNOWN = -1;

/**
 * What a full run remembers of every customer until the cut points are found: those who bought in
 * the window, 40 bytes each (60 while a column grows). Loyalty and credit need no cut points, so
 * they are found here and the base's value scores need no second reading.
 */
export class BaseColumns {
  readonly policy: Policy;
  readonly currency: string;
  readonly coverage: Coverage;
  readonly recencyDays = new Column();
  readonly orders = new Column();
  readonly netMinor = new Column();
  /** 0–100, or `UNKNOWN`. */
  readonly loyalty = new Column();
  readonly credit = new Column();

  constructor({ policy, homeCurrency, coverage }: BaseWorld) {
    this.policy = policy;
    this.currency = homeCurrency;
    this.coverage = coverage;
  }

  /** Customers in the base. */
  get size(): number {
    return this.orders.length;
  }

  /** Takes a customer into the base, if it bought in the window. */
  add(signals: Signals): void {
    if (signals.ordersInWindow === 0) return;
    this.recencyDays.push(signals.daysSinceLastOrder ?? 0);
    this.orders.push(signals.ordersInWindow);
    this.netMinor.push(signals.netInWindow);
    this.loyalty.push(loyaltyScoreOf(signals, this.policy)?.score ?? UNKNOWN);
    this.credit.push(creditScoreOf(signals, this.policy)?.score ?? UNKNOWN);
  }
}
