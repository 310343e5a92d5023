import { priorities, withPriority } from '../connector/http/priority.ts';
import type { RecordId } from '../domain/ids.ts';
import type { LocalDay } from '../domain/time.ts';
import { step } from '../lib/step.ts';
import type { RunContext } from '../run/context.ts';
import {
  cutsForRescoring,
  LookRefused,
  type RescoreBy,
  type RescoreReport,
  rescore,
  rescoreStored,
} from '../run/rescore.ts';
import { tellReceipts } from '../run/tell-receipts.ts';
import type { ReadyRecord } from '../store/inbox-store.ts';
import type { WorkSettings } from './work-settings.ts';

/** Records of one rescoring: a hundred are one call to most CRMs. */
const recordsAtOnce = 100;
/** A run that writes to a customer has its receipts soon; bulk jobs take longer. */
const postponeMs = 2_000;

export type LaneSettings = Omit<WorkSettings, 'sliceMs'> & {
  readonly asOf?: LocalDay | undefined;
};

/**
 * The lane of webhooks of one connection: looks into the inbox and rescores, one rescoring at a time,
 * its calls before those of a run. Who was rescored rests; what happens to it meanwhile is stored at
 * once and scored when it has rested.
 */
export class WebhookLane {
  readonly #held: RunContext;
  readonly #settings: LaneSettings;
  /** When each may be rescored again, by the process's own steady clock. */
  readonly #restsUntil = new Map<RecordId, number>();
  /** Left for later, and until when. */
  readonly #later = new Map<RecordId, number>();

  constructor(held: RunContext, settings: LaneSettings) {
    this.#held = held;
    this.#settings = settings;
  }

  /** One look. Returns whether there was anything to do. */
  async look(): Promise<boolean> {
    const cuts = await cutsForRescoring(this.#held);
    if (cuts === null) return false;
    const { asOf } = this.#settings;
    return await withPriority(priorities.webhook, async () => {
      const caughtUp = await this.#catchUp({ cuts, asOf }, performance.now());
      const ready = await this.#ready();
      if (ready.length > 0) await this.#rescore(ready, { cuts, asOf });
      return caughtUp || ready.length > 0;
    });
  }

  /** Whether anybody waits whom a later look will rescore. */
  async isWaiting(): Promise<boolean> {
    if (this.#later.size > 0) return true;
    const { connection, store } = this.#held;
    const waiting = await store.inbox.waiting();
    if (!waiting.some((one) => one.connection === connection)) return false;
    return (await cutsForRescoring(this.#held)) !== null;
  }

  /** The last look of a holder: whoever rests is rescored now rather than by the next run. */
  async finish(): Promise<void> {
    const cuts = await cutsForRescoring(this.#held);
    if (cuts !== null)
      await this.#catchUp({ cuts, asOf: this.#settings.asOf }, Number.POSITIVE_INFINITY);
  }

  async #ready(): Promise<readonly ReadyRecord[]> {
    const { connection, store, clock } = this.#held;
    const { debounceMs, maxWaitMs } = this.#settings;
    const now = new Date(clock.now()).toISOString();
    const select = { now, debounceMs, maxWaitMs, limit: recordsAtOnce };
    return await store.inbox.ready(connection, select);
  }

  /** What the CRM refuses to be asked is found out one by one, and left to the next delta. */
  async #rescore(ready: readonly ReadyRecord[], by: RescoreBy): Promise<void> {
    const { connection, store, log } = this.#held;
    try {
      const resting = this.#resting();
      this.#note(await this.#told(() => rescore(this.#held, ready, { ...by, resting })));
    } catch (error) {
      if (!(error instanceof LookRefused)) throw error;
      if (ready.length > 1) {
        const half = Math.ceil(ready.length / 2);
        await this.#rescore(ready.slice(0, half), by);
        return await this.#rescore(ready.slice(half), by);
      }
      log.warn({ connection, code: error.cause.code, object: ready[0]?.object }, 'rescore.refused');
    }
    await store.inbox.done(connection, ready);
    step('rescore.heard');
    this.#tellLags(ready);
  }

  async #catchUp(by: RescoreBy, now: number): Promise<boolean> {
    const due = [...this.#later].flatMap(([id, until]) => (until <= now ? [id] : []));
    if (due.length === 0) return false;
    for (const id of due) this.#later.delete(id);
    this.#note(await this.#told(() => rescoreStored(this.#held, due, by)));
    return true;
  }

  async #told(work: () => Promise<RescoreReport>): Promise<RescoreReport> {
    const { connection, connector, tell, tracer } = this.#held;
    const since = performance.now();
    const report = await tracer.span('rescoring', { connection }, work);
    const customers = report.scored.length;
    const ms = performance.now() - since;
    tell({ kind: 'rescoring', connection, crm: connector.crm, customers, ms });
    if (report.receipts !== null) tellReceipts(this.#held, report.receipts, null);
    return report;
  }

  #tellLags(ready: readonly ReadyRecord[]): void {
    const { connection, tell, clock } = this.#held;
    const lagsMs = ready.map(({ at }) => Math.max(0, clock.now() - Date.parse(at)));
    tell({ kind: 'hints-done', connection, lagsMs });
  }

  #resting(): ReadonlySet<RecordId> {
    const now = performance.now();
    for (const [id, until] of this.#restsUntil) if (until <= now) this.#restsUntil.delete(id);
    return new Set(this.#restsUntil.keys());
  }

  #note({ scored, later }: RescoreReport): void {
    const now = performance.now();
    for (const id of scored) this.#restsUntil.set(id, now + this.#settings.restMs);
    for (const id of later) {
      const rests = this.#restsUntil.get(id) ?? 0;
      this.#later.set(id, rests > now ? rests : now + postponeMs);
    }
  }
}
