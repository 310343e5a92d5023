import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PGliteAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import type { Seat } from './seat.ts';
import type { Seats } from './seats.ts';

/** Kysely on a folder, whoever holds it. */
export function seatDialect(seats: Seats): Dialect {
  return {
    createAdapter: () => new PGliteAdapter(),
    createDriver: () => new SeatDriver(seats),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

/** One connection, which a transaction has to itself: Kysely lets one user in at a time. */
class SeatDriver implements Driver {
  readonly #seats: Seats;
  /** Where the open transaction is. */
  #open: Seat | null = null;
  readonly #connection: DatabaseConnection;

  constructor(seats: Seats) {
    this.#seats = seats;
    this.#connection = {
      executeQuery: async <R>(query: CompiledQuery): Promise<QueryResult<R>> =>
        this.#open === null
          ? await seats.use((seat) => seat.query<R>(query))
          : await this.#open.query<R>(query),
      streamQuery: () => {
        throw new Error('A folder streams nothing.');
      },
    };
  }

  async init(): Promise<void> {
    await this.#seats.current();
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }

  async beginTransaction(): Promise<void> {
    this.#open = await this.#seats.use(async (seat) => {
      await seat.begin();
      return seat;
    });
  }

  async commitTransaction(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    await open?.commit();
  }

  /** That of a holder who is gone was undone with it. */
  async rollbackTransaction(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    if (open?.isGone() === false) await open.rollback();
  }

  async releaseConnection(): Promise<void> {
    // It is ours for good.
  }

  async destroy(): Promise<void> {
    await this.#seats.close();
  }
}
