import type { ModuleName } from './module-names.ts';

export const watchActions = ['create', 'edit', 'delete', 'all'] as const;
export type WatchAction = (typeof watchActions)[number];

/** `Deals.all`: what a channel wants to hear of. */
export interface WatchEvent {
  readonly module: ModuleName;
  readonly action: WatchAction;
}

/** An edit is told of only when these fields changed: one of them, or all. */
export interface WatchCondition {
  readonly module: ModuleName;
  readonly operator: 'and' | 'or';
  readonly fields: readonly string[];
}

/** A subscription. It ends by itself unless it is enabled again (facts §7). */
export interface Channel {
  readonly id: string;
  readonly events: readonly WatchEvent[];
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  /** Sent back with every delivery: the only proof of who sends. */
  readonly token: string | null;
  readonly notifyUrl: string;
  readonly returnsValues: boolean;
  /** Editing a contact also notifies its account; on unless switched off (facts §7). */
  readonly onRelatedAction: boolean;
  readonly conditions: readonly WatchCondition[];
  /** Of this sandbox, as the subscriber called it. */
  readonly baseUrl: string;
}

/** The channels of an org that have not ended. */
export class Channels {
  /** Whether they may lead to other machines. */
  anywhere = false;
  readonly #clock: () => number;
  readonly #channels = new Map<string, Channel>();

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  active(): readonly Channel[] {
    if (this.#channels.size === 0) return [];
    const now = this.#clock();
    for (const { id, expiresAt } of this.#channels.values())
      if (expiresAt <= now) this.#channels.delete(id);
    return [...this.#channels.values()];
  }

  get(id: string): Channel | undefined {
    return this.active().find((channel) => channel.id === id);
  }

  /** A new channel, or another shape of one that is there. */
  set(channel: Channel): void {
    this.#channels.set(channel.id, channel);
  }

  /** Whether there was such a channel. */
  delete(id: string): boolean {
    return this.get(id) !== undefined && this.#channels.delete(id);
  }
}
