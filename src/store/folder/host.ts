import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { CompiledQuery, type ControlledTransaction, type Kysely } from 'kysely';
import type { Tables } from '../schema.ts';
import { type Ask, type Asked, type Fault, onFrames, packed, sendFrame } from './frames.ts';
import type { Hearing, Seat } from './seat.ts';

/** Lets other processes of this machine use the database that this one holds. */
export type Host = { readonly close: () => Promise<void> };

export type Hosted = {
  readonly db: Kysely<Tables>;
  readonly own: Pick<Seat, 'flush' | 'rewrite'>;
  readonly hearing: Hearing;
  /** Names the tables that `db` has. */
  readonly tables: string;
  /** A guest that is silent for so long within a transaction is put out. Default a minute. */
  readonly silentMs?: number;
};

/** As a server's `idle_in_transaction_session_timeout`: its transaction keeps everybody out. */
const patienceMs = 60_000;
/** For transactions of guests that are open when the holder leaves. */
const graceMs = 5_000;
/** Between two looks whether they are over. */
const lookMs = 20;

/** Listens at a path in a folder that is the owner's alone. */
export async function openHost(path: string, hosted: Hosted): Promise<Host> {
  const guests = new Set<Guest>();
  const server = createServer((socket) => {
    const guest = new Guest(socket, hosted);
    guests.add(guest);
    socket.once('close', () => {
      guest.leave().catch(() => undefined);
      guests.delete(guest);
    });
  });
  await listening(server, path);
  return {
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await Promise.all([...guests].map((guest) => guest.sayBye()));
      await closed;
    },
  };
}

function listening(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** One process that is a guest, and the transaction it has open. */
class Guest {
  readonly #socket: Socket;
  readonly #hosted: Hosted;
  readonly #pending = new Set<Promise<void>>();
  #trx: ControlledTransaction<Tables> | null = null;
  #isLeaving = false;

  constructor(socket: Socket, hosted: Hosted) {
    this.#socket = socket;
    this.#hosted = hosted;
    socket.on('error', () => socket.destroy());
    socket.on('timeout', () => {
      if (this.#trx !== null && this.#pending.size === 0) socket.destroy();
    });
    socket.setTimeout(hosted.silentMs ?? patienceMs);
    onFrames<Asked>(socket, (asked) => this.#take(asked));
    sendFrame(socket, { kind: 'hello', tables: hosted.tables });
  }

  /** Finishes what is open, says that nothing more is done, and hangs up. */
  async sayBye(): Promise<void> {
    this.#isLeaving = true;
    const late = setTimeout(() => this.#socket.destroy(), graceMs);
    this.#socket.once('close', () => clearTimeout(late));
    while (!this.#socket.destroyed && (this.#pending.size > 0 || this.#trx !== null))
      await sleep(lookMs);
    sendFrame(this.#socket, { kind: 'bye' });
    this.#socket.end();
  }

  /** Undoes what was open when it hung up. */
  async leave(): Promise<void> {
    await Promise.allSettled(this.#pending);
    const open = this.#trx;
    this.#trx = null;
    await open?.rollback().execute();
  }

  #take({ id, ask }: Asked): void {
    // Left unanswered, it is asked of the next holder.
    if (this.#isLeaving && this.#trx === null) return;
    const done = this.#do(ask).then(
      (value) => sendFrame(this.#socket, { kind: 'answer', id, value: packed(value) }),
      (error: unknown) => sendFrame(this.#socket, { kind: 'fault', id, fault: faultOf(error) }),
    );
    this.#pending.add(done);
    done.finally(() => this.#pending.delete(done)).catch(() => undefined);
  }

  async #do(ask: Ask): Promise<unknown> {
    const { db, own, hearing } = this.#hosted;
    switch (ask.kind) {
      case 'query':
        return await (this.#trx ?? db).executeQuery(
          CompiledQuery.raw(ask.sql, [...ask.parameters]),
        );
      case 'begin':
        this.#trx = await db.startTransaction().execute();
        return;
      case 'commit':
      case 'rollback':
        return await this.#end(ask.kind);
      case 'flush':
        return await own.flush(ask.writes);
      case 'rewrite':
        return await own.rewrite();
      case 'service':
        return hearing.hears === null ? null : process.pid;
      case 'tell':
        hearing.hears?.(ask.word);
        return hearing.hears !== null;
      default:
        return ask satisfies never;
    }
  }

  async #end(how: 'commit' | 'rollback'): Promise<void> {
    const open = this.#trx;
    this.#trx = null;
    await open?.[how]().execute();
  }
}

function faultOf(error: unknown): Fault {
  if (!(error instanceof Error)) return { message: String(error), code: '' };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return { message: error.message, code };
}
