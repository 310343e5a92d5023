import { mkdir, realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Kysely } from 'kysely';
import type { Clock } from '../lib/clock.ts';
import { ensureRoom } from './disk-room.ts';
import type { Engine } from './engine.ts';
import { hasCode } from './errors.ts';
import type { Hearing } from './folder/seat.ts';
import { seatDialect } from './folder/seat-dialect.ts';
import { Seats } from './folder/seats.ts';
import { migrations } from './migrations/migrations.ts';
import type { Tables } from './schema.ts';

/**
 * PostgreSQL inside a process of this machine, its files in `folder`: inside this one, or beside it in
 * the one that opened the folder first (ADR 16).
 * @throws AssayError `STORE_LOCKED`, `STORE_UNAVAILABLE`, `STORE_FULL`, `STORE_NEWER`.
 */
export async function pgliteEngine(folder: string, clock: Clock): Promise<Engine> {
  await makeFolder(folder);
  const place = await realpath(folder);
  const hearing: Hearing = { hears: null };
  const now = () => new Date(clock.now()).toISOString();
  const tables = Object.keys(migrations).join(' ');
  const seats = new Seats({ folder: place, now, tables, hearing });
  await seats.current();
  const db = new Kysely<Tables>({ dialect: seatDialect(seats) });
  let writes = 0;
  return {
    db,
    beforeWrite: async () => {
      writes += 1;
      await ensureRoom(place);
    },
    flush: async () => {
      const since = writes;
      writes = 0;
      await seats.use((seat) => seat.flush(since));
    },
    rewrite: async () => seats.use((seat) => seat.rewrite()),
    tell: async (word) => seats.use((seat) => seat.tell(word)),
    service: async () => seats.use((seat) => seat.service()),
    hear: (listener) => {
      hearing.hears = listener;
    },
    close: async () => {
      await db.destroy();
      // Kysely closes no driver that was never asked.
      await seats.close();
    },
  };
}

/** `mkdir` with `recursive` never ends where a file system makes no folders, as `/proc`. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return;
    if (!hasCode(error, 'ENOENT') || dirname(folder) === folder) throw error;
    await makeFolder(dirname(folder));
    await mkdir(folder);
  }
}
