import { setTimeout as sleep } from 'node:timers/promises';
import { type Random, seededRandom } from '../kit/random.ts';
import { mayCall } from '../kit/webhook-target.ts';
import type { Portal } from './portal.ts';
import type { PortalEvent } from './portal-events.ts';
import { type WebhookDraft, webhookDrafts } from './webhook-event.ts';
import { signatureHeaders } from './webhook-signature.ts';
import { type WebhookSubscription, webhookSubscription } from './webhook-subscription.ts';

/** To whom webhooks go, and how badly (README 27). All chances are 0 to 1, default 0. */
export interface WebhookOptions {
  /** Only loopback addresses, unless `anywhere`: a sandbox sends nothing out of the machine by itself. */
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
  /** A delivery is on its way for up to so long. Default 0. */
  readonly delayMs?: number;
  /** Also to other machines. Default false. */
  readonly anywhere?: boolean;
}

/** What became of the events so far. */
export interface WebhookReport {
  /** Events that were subscribed to, the lost ones among them, doubles not. */
  readonly events: number;
  readonly lost: number;
  readonly doubled: number;
  readonly attempts: number;
  readonly delivered: number;
  /** Deliveries that ten retries did not bring. */
  readonly givenUp: number;
  readonly waiting: number;
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
  readonly #counts = { events: 0, lost: 0, doubled: 0, attempts: 0, delivered: 0, givenUp: 0 };

  constructor(portal: Portal, options: WebhookOptions) {
    if (!mayCall(options.url, options.anywhere ?? false)) {
      throw new RangeError(`Webhooks go to loopback only, not to ${options.url}.`);
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

  report(): WebhookReport {
    return { ...this.#counts, waiting: this.#queue.length + this.#inFlight.size };
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
    const { losses = 0, duplicates = 0 } = this.#options;
    this.#counts.events += 1;
    const isLost = this.#random.next() < losses;
    if (isLost) this.#counts.lost += 1;
    if (isLost) return;
    this.#queue.push(event);
    if (this.#random.next() >= duplicates) return;
    this.#counts.doubled += 1;
    this.#queue.push(event);
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
    const { retryMs = 100, delayMs = 0 } = this.#options;
    if (delayMs > 0) await this.#wait(delayMs * this.#random.next());
    for (let attempt = 0; attempt <= maxRetries && !this.#stopping.signal.aborted; attempt += 1) {
      this.#counts.attempts += 1;
      const isDelivered = await this.#attempt(events, attempt);
      if (isDelivered) this.#counts.delivered += 1;
      if (isDelivered) return;
      await this.#wait(retryMs * (attempt + this.#random.next()));
    }
    this.#counts.givenUp += 1;
  }

  async #wait(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
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
