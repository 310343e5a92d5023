import { associate, plainType } from '../../sandbox/hubspot/association-writer.ts';
import type { Portal } from '../../sandbox/hubspot/portal.ts';
import { createRecord } from '../../sandbox/hubspot/record-writer.ts';

/** Another app than Assay's. */
const shopAppId = '7007';

/** A contact buys something now; the portal tells of it as it would. */
export function buyOne(portal: Portal, contact: number, pounds: number): void {
  const context = { appId: shopAppId, now: portal.clock() };
  const type = plainType(portal, 'deals', 'contacts');
  const values = {
    amount: String(pounds),
    closedate: new Date(context.now).toISOString(),
    dealname: 'A sale',
    dealstage: 'closedwon',
    pipeline: 'default',
  };
  const store = portal.objects.deals;
  const deal = store.at(createRecord(portal, 'deals', values, context));
  const to = { type: 'contacts', id: contact } as const;
  associate(portal, { type: 'deals', id: deal.id }, to, type, context);
}

/** From a contact's purchase to the first write of ours into it. */
export class Stopwatches {
  readonly #since = new Map<number, number>();
  readonly #taken: number[] = [];
  #writes = 0;
  #lastWriteAt = 0;

  constructor(portal: Portal) {
    portal.events.subscribe((event) => {
      if (event.kind !== 'changed' || event.type !== 'contacts') return;
      this.#writes += 1;
      this.#lastWriteAt = performance.now();
      const since = this.#since.get(event.after.id);
      if (since === undefined) return;
      this.#since.delete(event.after.id);
      this.#taken.push(performance.now() - since);
    });
  }

  start(contact: number): void {
    if (!this.#since.has(contact)) this.#since.set(contact, performance.now());
  }

  /** Purchases that nothing was written for yet. */
  get open(): number {
    return this.#since.size;
  }

  /** By `performance.now()`. */
  get lastWriteAt(): number {
    return this.#lastWriteAt;
  }

  /** Writes into contacts since the last time. */
  takeWrites(): number {
    const writes = this.#writes;
    this.#writes = 0;
    return writes;
  }

  /** Of those taken since the last time, ms. */
  takeQuantiles(): { readonly p50Ms: number; readonly p95Ms: number; readonly measured: number } {
    const sorted = this.#taken.splice(0).toSorted((a, b) => a - b);
    const at = (share: number) =>
      Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
    return { p50Ms: at(0.5), p95Ms: at(0.95), measured: sorted.length };
  }
}
