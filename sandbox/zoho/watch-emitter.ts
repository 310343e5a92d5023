import { setTimeout as sleep } from 'node:timers/promises';
import { type Random, seededRandom } from '../kit/random.ts';
import { type ModuleName, moduleNames } from './module-names.ts';
import type { Org } from './org.ts';
import type { RecordEvent } from './record-store.ts';
import { viewOf } from './record-view.ts';
import type { Channel } from './watch.ts';
import { isWanted, type Notice, noticesOf } from './watch-notice.ts';

/** How badly notifications travel (facts §7: nothing is promised). Chances are 0 to 1, default 0. */
export interface WatchOptions {
  /** A notification never comes. It is sent once: nothing is known of retries. */
  readonly losses: number;
  /** A notification comes a second time. */
  readonly duplicates: number;
  /** Those sent together go in no order. */
  readonly reordering: number;
  /** How long a notification is on its way. Default 0. */
  readonly delayMs: number;
  /** How long changes are gathered into one body. Default 50. */
  readonly gatherMs: number;
  /** `insert, update, delete`, as seen in practice, or `create, edit, delete`, as written (facts §7 [?]). */
  readonly words: 'seen' | 'written';
  readonly seed: number;
}

/** What became of the notifications so far. */
export interface WatchReport {
  /** Bodies made; doubles are not among them, lost ones are. */
  readonly bodies: number;
  readonly lost: number;
  readonly doubled: number;
  readonly answered: number;
  /** Answered badly, or not at all. */
  readonly refused: number;
  readonly waiting: number;
}

export const watchDefaults: WatchOptions = {
  ...{ losses: 0, duplicates: 0, reordering: 0, delayMs: 0, gatherMs: 50 },
  ...{ words: 'seen', seed: 1 },
};

/** Records one body names at most; how many Zoho puts into one is not in the facts. */
const maxIds = 100;
const answerMs = 5_000;
const seen = { create: 'insert', edit: 'update', delete: 'delete' } as const;

/** Notices of one channel, one module and one action, on their way into bodies. */
interface Burst {
  readonly channel: Channel;
  readonly module: ModuleName;
  readonly action: Notice['action'];
  readonly fieldsById: Map<string, Set<string>>;
}

/** Tells channels what happened in the org, as unreliably as asked. */
export class WatchEmitter {
  readonly #org: Org;
  #options: WatchOptions;
  #random: Random;
  readonly #counts = { bodies: 0, lost: 0, doubled: 0, answered: 0, refused: 0 };
  readonly #stopping = new AbortController();
  readonly #inFlight = new Set<Promise<void>>();
  #bursts = new Map<string, Burst>();
  #gathering: NodeJS.Timeout | undefined;

  constructor(org: Org, options: Partial<WatchOptions> = {}) {
    this.#org = org;
    this.#options = { ...watchDefaults, ...options };
    this.#random = seededRandom(this.#options.seed);
    for (const module of moduleNames)
      org.records[module].onEvent((event) => this.#take(module, event));
  }

  /** From now on it travels like this; what is not named stays. */
  change(options: Partial<WatchOptions>): WatchOptions {
    this.#options = { ...this.#options, ...options };
    if (options.seed !== undefined) this.#random = seededRandom(options.seed);
    return this.#options;
  }

  report(): WatchReport {
    return { ...this.#counts, waiting: this.#bursts.size + this.#inFlight.size };
  }

  /** Waits until everything that has happened so far is delivered or lost. */
  async settle(): Promise<void> {
    while (this.#bursts.size > 0 || this.#inFlight.size > 0) {
      this.#flush();
      await Promise.all(this.#inFlight);
    }
  }

  /** Ends deliveries, also those under way; nothing is told afterwards. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    clearTimeout(this.#gathering);
    this.#bursts = new Map();
    await Promise.all(this.#inFlight);
  }

  #take(module: ModuleName, event: RecordEvent): void {
    if (this.#stopping.signal.aborted) return;
    const channels = this.#org.channels.active();
    if (channels.length === 0) return;
    const notices = noticesOf(this.#org, module, event);
    for (const channel of channels)
      for (const notice of notices) if (isWanted(channel, notice)) this.#gather(channel, notice);
    if (this.#bursts.size > 0)
      this.#gathering ??= setTimeout(() => this.#flush(), this.#options.gatherMs).unref();
  }

  #gather(channel: Channel, { module, action, id, fields }: Notice): void {
    const key = `${channel.id} ${module} ${action}`;
    const fieldsById = this.#bursts.get(key)?.fieldsById ?? new Map<string, Set<string>>();
    fieldsById.set(id, new Set([...(fieldsById.get(id) ?? []), ...fields]));
    this.#bursts.set(key, { channel, module, action, fieldsById });
  }

  #flush(): void {
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    const bursts = [...this.#bursts.values()];
    this.#bursts = new Map();
    const bodies = bursts.flatMap((burst) => this.#bodies(burst));
    const sent = bodies.flatMap((body) => this.#copies(body));
    this.#counts.bodies += bodies.length;
    const delivery = this.#deliver(this.#ordered(sent));
    this.#inFlight.add(delivery);
    void delivery.finally(() => this.#inFlight.delete(delivery));
  }

  #copies<T>(body: T): readonly T[] {
    const isLost = this.#happens('losses');
    if (isLost) this.#counts.lost += 1;
    if (isLost) return [];
    const isDoubled = this.#happens('duplicates');
    if (isDoubled) this.#counts.doubled += 1;
    return isDoubled ? [body, body] : [body];
  }

  #happens(chance: 'losses' | 'duplicates' | 'reordering'): boolean {
    return this.#random.next() < this.#options[chance];
  }

  #ordered<T>(bodies: readonly T[]): readonly T[] {
    if (!this.#happens('reordering')) return bodies;
    const keyed = bodies.map((body) => [this.#random.next(), body] as const);
    return keyed.toSorted(([a], [b]) => a - b).map(([, body]) => body);
  }

  #bodies(burst: Burst): readonly Delivery[] {
    const ids = [...burst.fieldsById.keys()];
    const chunks = Array.from({ length: Math.ceil(ids.length / maxIds) }, (_, index) =>
      ids.slice(index * maxIds, (index + 1) * maxIds),
    );
    const { notifyUrl } = burst.channel;
    return chunks.map((chunk) => ({ url: notifyUrl, body: this.#body(burst, chunk) }));
  }

  #body({ channel, module, action, fieldsById }: Burst, ids: readonly string[]) {
    const named = ids.map((id) => [id, [...(fieldsById.get(id) ?? [])]] as const);
    const edited = action === 'edit' ? named.filter(([, fields]) => fields.length > 0) : [];
    const values = edited.map(([id, fields]) => ({
      record_id: id,
      values: this.#values(module, id, fields),
    }));
    return {
      server_time: this.#org.clock(),
      module,
      resource_uri: `${channel.baseUrl}/crm/v8/${module}`,
      ids,
      operation: this.#options.words === 'seen' ? seen[action] : action,
      channel_id: channel.id,
      token: channel.token,
      query_params: {},
      affected_fields: edited.map(([id, fields]) => ({ [id]: fields })),
      ...(channel.returnsValues ? { affected_values: values } : {}),
    };
  }

  #values(module: ModuleName, id: string, fields: readonly string[]): unknown {
    const record = this.#org.records[module].get(id);
    if (record === undefined) return {};
    const { id: _id, ...values } = viewOf(this.#org, module, record, fields);
    return values;
  }

  // One after the other, so that order is lost only where that was asked for.
  async #deliver(deliveries: readonly Delivery[]): Promise<void> {
    const { delayMs } = this.#options;
    const { signal } = this.#stopping;
    if (delayMs > 0) await sleep(delayMs, undefined, { signal }).catch(() => undefined);
    for (const { url, body } of deliveries) if (!signal.aborted) await this.#post(url, body);
  }

  async #post(url: string, body: unknown): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    const signal = AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(answerMs)]);
    const isTaken = await fetch(url, {
      ...{ method: 'POST', headers, body: JSON.stringify(body), signal },
    }).then(
      (answer) => answer.ok,
      () => false,
    );
    this.#counts[isTaken ? 'answered' : 'refused'] += 1;
  }
}

interface Delivery {
  readonly url: string;
  readonly body: unknown;
}
