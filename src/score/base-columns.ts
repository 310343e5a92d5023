import type { Coverage } from '../domain/coverage.ts';
import type { Signals } from '../domain/score.ts';
import type { Policy } from '../policy/schema.ts';
import { Column } from './column.ts';
import { creditScoreOf } from './credit.ts';
import type { ScoringWorld } from './history-input.ts';
import { loyaltyScoreOf } from './loyalty.ts';
import { HistoryBase } from './predict/history-base.ts';
import { AttributeColumns } from './prospects/attribute-columns.ts';
import type { Timeline } from './timeline.ts';

type BaseWorld = Pick<ScoringWorld, 'policy' | 'homeCurrency' | 'coverage'>;

/** Stands for an unknown score in a column. */
export const UNKNOWN = -1;

/**
 * What a full run remembers of every customer until the cut points are found. Thresholds rest on who
 * bought in the window: 40 bytes each and 8 more for each attribute of the prospects; the models on
 * whoever ever ordered: 32 more (half as much again while a column grows). Loyalty and credit need no
 * cut points, so they are found here and the base's value scores need no second reading.
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
  readonly attributes: AttributeColumns;
  /** Everybody with an order ever, also before the window. */
  readonly histories = new HistoryBase();

  constructor({ policy, homeCurrency, coverage }: BaseWorld) {
    this.policy = policy;
    this.currency = homeCurrency;
    this.coverage = coverage;
    this.attributes = new AttributeColumns(policy.prospects.attributes);
  }

  /** Customers in the base. */
  get size(): number {
    return this.orders.length;
  }

  /** Takes a customer in: `signals` are those of its `timeline` on the day of the run. */
  add(signals: Signals, timeline: Timeline): void {
    this.histories.add(signals, timeline);
    if (signals.ordersInWindow === 0) return;
    this.recencyDays.push(signals.daysSinceLastOrder ?? 0);
    this.orders.push(signals.ordersInWindow);
    this.netMinor.push(signals.netInWindow);
    this.loyalty.push(loyaltyScoreOf(signals, this.policy)?.score ?? UNKNOWN);
    this.credit.push(creditScoreOf(signals, this.policy)?.score ?? UNKNOWN);
    this.attributes.add(timeline.history.attributes);
  }
}
