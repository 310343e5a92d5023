import { RateBudget } from '../../src/connector/http/rate-budget.ts';
import { complexConcurrency, concurrencyOf, type Edition } from './editions.ts';

/** Complex calls share a pool of ten whatever the edition; all calls share the edition's (facts §8). */
export type Pool = 'plain' | 'complex';

const downloadsPerMinute = { calls: 10, intervalMs: 60_000 } as const;

/** Our share of what the org lets one app have running at once: semaphores, not rates (facts §1). */
export class Rates {
  readonly all: RateBudget;
  readonly complex: RateBudget;
  /** Results of bulk jobs: ten a minute (facts §1). */
  readonly downloads: RateBudget;
  #edition: Edition | null = null;

  /** Before the org has said its edition, the smallest is taken. */
  constructor(edition: Edition | 'auto', share: number) {
    const atOnce = concurrencyOf(edition === 'auto' ? 'free' : edition);
    this.all = new RateBudget(semaphore(atOnce), share, 'answer');
    this.complex = new RateBudget(semaphore(complexConcurrency), share, 'answer');
    this.downloads = new RateBudget(downloadsPerMinute, 1);
  }

  /** In the order in which they are entered: who waits for a complex call holds no other place. */
  budgets(pool: Pool, isDownload: boolean): readonly RateBudget[] {
    const pools = pool === 'complex' ? [this.complex, this.all] : [this.all];
    return isDownload ? [this.downloads, ...pools] : pools;
  }

  /** As the org said; `null` before it was asked. */
  get edition(): Edition | null {
    return this.#edition;
  }

  setEdition(edition: Edition): void {
    this.#edition = edition;
    this.all.setLimit(semaphore(concurrencyOf(edition)));
  }

  close(): void {
    for (const budget of [this.all, this.complex, this.downloads]) budget.close();
  }
}

function semaphore(calls: number) {
  return { calls, intervalMs: 0 };
}
