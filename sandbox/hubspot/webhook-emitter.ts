import { setTimeout as sleep } from 'node:timers/promises';
import { type Random, seededRandom } from '../kit/random.ts';
import type { Portal } from './portal.ts';
import type { PortalEvent } from './portal-events.ts';
import { type WebhookDraft, webhookDrafts } from './webhook-event.ts';
import { signatureHeaders } from './webhook-signature.ts';
import { type WebhookSubscription, webhookSubscription } from './webhook-subscription.ts';

/** To whom webhooks go, and how badly (README 27). All chances are 0 to 1, default 0. */
export interface WebhookOptions {
  /** Only loopback addresses: a sandbox sends nothing out of the machine. */
  readonly url: string;
  readonly appId: string;
  readonly clientSecret: string;
  readonly subscriptions: readonly WebhookSubscription[];
  /** An event comes a second time, in a later delivery. */
  readonly duplicates?: number;
  /** An event never comes. */
  readonly losses?: number;
  /** A delivery has its events in no order. */
  readonly reordering?: number;
  readonly seed?: number;
  /** How long events are gathered before they are sent. Default 50 ms. */
  readonly gatherMs?: number;
  /** Wait before the first retry; later ones wait longer. HubSpot spreads ten over a day. Default 100 ms. */
  readonly retryMs?: number;
}

/** At most so many events in one delivery, answered within so long, sent so often (README 27). */
const maxEvents = 100;
const answerMs = 5_000;
const maxRetries = 10;
const maxInFlight = 10;

/** An event as it is sent; `attemptNumber` is put in at each attempt. */
type WireEvent = Readonly<Record<string, unknown>>;

/** Sends the portal's events to an app, as unreliably as asked. */
export class WebhookEmitter {
  readonly #portal: Portal;
  readonly #options: WebhookOptions;
  readonly #random: Random;
  readonly #subscriptions: readonly WebhookSubscription[];
  readonly #stopping = new AbortController();
  readonly #unsubscribe: () => void;
  #queue: WireEvent[] = [];
  #gathering: NodeJS.Timeout | undefined;
  #inFlight = new Set<Promise<void>>();
  #nextEventId = 1;

  constructor(portal: Portal, options: WebhookOptions) {
    const { hostname } = new URL(options.url);
    if (!['127.0.0.1', 'localhost', '[::1]'].includes(hostname)) {
      throw new RangeError(`Webhooks go to loopback only, not to ${hostname}.`);
    }
    this.#portal = portal;
    this.#options = options;
    this.#subscriptions = options.subscriptions.map((each) => webhookSubscription.parse(each));
    this.#random = seededRandom(options.seed ?? 1);
    this.#unsubscribe = portal.events.subscribe((event) => this.#take(event));
  }

  /** Waits until everything that has happened so far is delivered or given up. */
  async settle(): Promise<void> {
    while (this.#queue.length > 0 || this.#inFlight.size > 0) {
      this.#flush();
      await Promise.all(this.#inFlight);
    }
  }

  /** Ends deliveries, also those under way. */
  async stop(): Promise<void> {
    this.#unsubscribe();
    this.#stopping.abort();
    clearTimeout(this.#gathering);
    this.#queue = [];
    await Promise.all(this.#inFlight);
  }

  #take(event: PortalEvent): void {
    const drafts = webhookDrafts(event);
    for (const [index, subscription] of this.#subscriptions.entries()) {
      for (const draft of drafts) {
        if (wants(subscription, draft)) this.#enqueue(this.#rendered(draft, index + 1));
      }
    }
    this.#gathering ??= setTimeout(() => this.#flush(), this.#options.gatherMs ?? 50).unref();
  }

  #enqueue(event: WireEvent): void {
    if (this.#random.next() < (this.#options.losses ?? 0)) return;
    this.#queue.push(event);
    if (this.#random.next() < (this.#options.duplicates ?? 0)) this.#queue.push(event);
  }

  #rendered(draft: WebhookDraft, subscriptionId: number): WireEvent {
    const eventId = this.#nextEventId;
    this.#nextEventId += 1;
    return {
      eventId,
      subscriptionId,
      portalId: this.#portal.options.portalId,
      appId: Number(this.#options.appId),
      occurredAt: draft.occurredAt,
      subscriptionType: `${draft.objectType}.${draft.action}`,
      ...draft.fields,
      changeSource: 'INTEGRATION',
      sourceId: draft.sourceId,
    };
  }

  #flush(): void {
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    while (this.#queue.length > 0 && this.#inFlight.size < maxInFlight) {
      const delivery = this.#deliver(this.#ordered(this.#queue.splice(0, maxEvents)));
      this.#inFlight.add(delivery);
      void delivery.finally(() => {
        this.#inFlight.delete(delivery);
        if (this.#queue.length > 0) this.#flush();
      });
    }
  }

  #ordered(events: readonly WireEvent[]): readonly WireEvent[] {
    if (this.#random.next() >= (this.#options.reordering ?? 0)) return events;
    const keyed = events.map((event) => [this.#random.next(), event] as const);
    return keyed.toSorted(([a], [b]) => a - b).map(([, event]) => event);
  }

  async #deliver(events: readonly WireEvent[]): Promise<void> {
    for (let attempt = 0; attempt <= maxRetries; attempt += 1) {
      if (await this.#attempt(events, attempt)) return;
      const wait = (this.#options.retryMs ?? 100) * (attempt + this.#random.next());
      const isOver = await sleep(wait, false, { signal: this.#stopping.signal }).catch(() => true);
      if (isOver) return;
    }
  }

  async #attempt(events: readonly WireEvent[], attemptNumber: number): Promise<boolean> {
    const { url, clientSecret } = this.#options;
    const body = JSON.stringify(events.map((event) => ({ ...event, attemptNumber })));
    const signature = signatureHeaders(clientSecret, url, body, this.#portal.clock());
    const headers = { 'content-type': 'application/json', ...signature };
    const signal = AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(answerMs)]);
    return fetch(url, { method: 'POST', headers, body, signal }).then(
      (answer) => answer.ok,
      () => false,
    );
  }
}

function wants(subscription: WebhookSubscription, draft: WebhookDraft): boolean {
  return (
    subscription.objectType === draft.objectType &&
    subscription.action === draft.action &&
    (draft.action !== 'propertyChange' || subscription.propertyName === draft.propertyName)
  );
}
