import { connect, type Socket } from 'node:net';
import type { CompiledQuery, QueryResult } from 'kysely';
import { type Ask, type Fault, onFrames, sendFrame, type Told, unpacked } from './frames.ts';
import { HolderLeft, type Seat } from './seat.ts';

/** A holder that is busy with its own work answers late; one that was stopped never does. */
const helloMs = 60_000;

/**
 * Beside the process that holds the folder; `null` when its tables are not ours.
 * @throws Error of the socket when nobody listens at the path.
 */
export async function guestSeat(path: string, tables: string): Promise<Seat | null> {
  const link = new Link(connect(path));
  if ((await link.hello) !== tables) {
    link.close();
    return null;
  }
  return {
    query: async <R>({ sql, parameters }: CompiledQuery) =>
      link.ask<QueryResult<R>>({ kind: 'query', sql, parameters }),
    begin: async () => link.ask({ kind: 'begin' }),
    commit: async () => link.ask({ kind: 'commit' }),
    rollback: async () => link.ask({ kind: 'rollback' }),
    flush: async (writes) => link.ask({ kind: 'flush', writes }),
    rewrite: async () => link.ask({ kind: 'rewrite' }),
    tell: async (word) => link.ask({ kind: 'tell', word }),
    service: async () => link.ask({ kind: 'service' }),
    isGone: () => link.isGone,
    close: async () => link.close(),
  };
}

type Waiting = {
  readonly ask: Ask;
  readonly resolve: (value: Uint8Array) => void;
  readonly reject: (error: Error) => void;
};

/** Asks, and the answers that come in whatever order. */
class Link {
  readonly hello: Promise<string>;
  readonly #socket: Socket;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;
  #isBye = false;
  #inTransaction = false;

  constructor(socket: Socket) {
    this.#socket = socket;
    const late = setTimeout(() => socket.destroy(), helloMs);
    this.hello = new Promise((resolve, reject) => {
      socket.once('error', reject);
      socket.once('close', () => reject(new HolderLeft()));
      onFrames<Told>(socket, (told) => {
        if (told.kind !== 'hello') return this.#take(told);
        clearTimeout(late);
        return resolve(told.tables);
      });
    });
    socket.on('error', () => undefined);
    socket.once('close', () => {
      clearTimeout(late);
      this.#leave();
    });
  }

  get isGone(): boolean {
    return this.#isBye || this.#socket.destroyed;
  }

  async ask<T>(ask: Ask): Promise<T> {
    if (this.isGone) throw this.#lost(ask);
    this.#last += 1;
    const id = this.#last;
    const answer = new Promise<Uint8Array>((resolve, reject) => {
      this.#waiting.set(id, { ask, resolve, reject });
    });
    sendFrame(this.#socket, { id, ask });
    const value = unpacked<T>(await answer);
    if (ask.kind === 'begin') this.#inTransaction = true;
    if (ask.kind === 'commit' || ask.kind === 'rollback') this.#inTransaction = false;
    return value;
  }

  close(): void {
    this.#socket.end();
    this.#socket.destroySoon();
  }

  #take(told: Exclude<Told, { readonly kind: 'hello' }>): void {
    if (told.kind === 'bye') {
      this.#isBye = true;
      this.#socket.end();
      return;
    }
    const waiting = this.#waiting.get(told.id);
    this.#waiting.delete(told.id);
    if (told.kind === 'answer') waiting?.resolve(told.value);
    else waiting?.reject(raised(told.fault));
  }

  #leave(): void {
    for (const { ask, reject } of this.#waiting.values()) reject(this.#lost(ask));
    this.#waiting.clear();
  }

  /** After a good-bye nothing unanswered was done; without one it may have been. */
  #lost(ask: Ask): Error {
    if (this.#isBye && !this.#inTransaction) return new HolderLeft();
    const isUndone = ask.kind !== 'commit' && (this.#inTransaction || ask.kind === 'begin');
    return raised({
      message: 'the process that held the folder ended in the midst of it',
      code: isUndone ? serializationFailure : connectionFailure,
    });
  }
}

/** The transaction was undone and may be tried again. */
const serializationFailure = '40001';
const connectionFailure = '08006';

function raised({ message, code }: Fault): Error {
  return Object.assign(new Error(message), { code });
}
