import type { RecordEvent, RecordStore } from './record-store.ts';

/** A stage that a deal left or is in. */
export interface StageStay {
  readonly stage: string;
  /** Epoch milliseconds. */
  readonly since: number;
  /** Id of the user who put it there. */
  readonly by: string;
}

interface Moved extends StageStay {
  readonly from: string;
}

/**
 * When deals changed their stage. Only changes are kept: a deal that never moved is in its stage since
 * it was created, which is true of nearly all.
 */
export class StageHistory {
  readonly #deals: RecordStore;
  readonly #moves = new Map<string, readonly Moved[]>();

  constructor(deals: RecordStore) {
    this.#deals = deals;
    deals.onEvent((event) => this.#note(event));
  }

  /** Oldest first; empty for a deal without a stage. */
  of(dealId: string): readonly StageStay[] {
    const deal = this.#deals.get(dealId);
    if (deal === undefined) return [];
    const moves = this.#moves.get(dealId) ?? [];
    const first = moves[0]?.from ?? String(deal.values['Stage'] ?? '');
    const start = { stage: first, since: deal.createdAt, by: deal.createdBy };
    return [start, ...moves].filter(({ stage }) => stage !== '');
  }

  #note({ kind, record, fields, by, before }: RecordEvent): void {
    if (kind !== 'edit' || !fields.includes('Stage')) return;
    const move = {
      from: String(before['Stage'] ?? ''),
      stage: String(record.values['Stage'] ?? ''),
      ...{ since: record.modifiedAt, by },
    };
    this.#moves.set(record.id, [...(this.#moves.get(record.id) ?? []), move]);
  }
}
