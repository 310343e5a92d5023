import { cpSync } from 'node:fs';
import { mkdir, mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '../../store/embedded-server.ts';

export const engineNames = ['pglite', 'postgres'] as const;
export type EngineName = (typeof engineNames)[number];

/** A store that a process is given by its environment. */
export type StorePlace = {
  readonly variables: Readonly<Record<string, string>>;
  readonly remove: () => Promise<void>;
};

/** Stores of one engine, each of which can be copied when nobody has it open. */
export type Stores = {
  readonly empty: (name: string) => Promise<StorePlace>;
  /** A new one that holds what `from` does, by the name it was made with. */
  readonly copy: (from: string, name: string) => Promise<StorePlace>;
  readonly close: () => Promise<void>;
};

/** A folder for much that is short-lived: in memory where there is plenty. */
export async function openScratch(): Promise<string> {
  const inMemory = await statfs('/dev/shm').then(
    ({ bavail, bsize }) => bavail * bsize > 8_000_000_000,
    () => false,
  );
  return await mkdtemp(join(inMemory ? '/dev/shm' : tmpdir(), 'assay-faults-'));
}

/** Folders of PGlite. */
export async function openPgliteStores(scratch: string): Promise<Stores> {
  const at = (name: string) => join(scratch, 'stores', name);
  await mkdir(at(''), { recursive: true });
  const place = (name: string): StorePlace => ({
    variables: { ASSAY_HOME: at(name) },
    remove: async () => {
      await rm(at(name), { recursive: true, force: true });
      await rm(`${at(name)}.lock`, { force: true });
    },
  });
  return {
    empty: async (name) => {
      await mkdir(at(name));
      return place(name);
    },
    copy: async (from, name) => {
      // Ten times as fast as `cp`, which asks for each file by itself.
      cpSync(at(from), at(name), { recursive: true });
      return place(name);
    },
    close: async () => undefined,
  };
}

/** Databases of one PostgreSQL server. */
export async function openPostgresStores(): Promise<Stores> {
  const server = await startServer();
  const client = server.client('postgres');
  await client.connect();
  // One after the other: a client does one thing at a time.
  let last: Promise<unknown> = Promise.resolve();
  const tell = (text: string) => {
    const done = last.then(() => client.query(text));
    last = done.catch(() => undefined);
    return done;
  };
  const url = (await server.database('first')).reveal();
  const place = (name: string): StorePlace => ({
    variables: { DATABASE_URL: url.replace(/first$/, name) },
    remove: async () => void (await tell(`drop database "${name}" with (force)`)),
  });
  return {
    empty: async (name) => {
      await tell(`create database "${name}"`);
      return place(name);
    },
    copy: async (from, name) => {
      await tell(`create database "${name}" template "${from}"`);
      return place(name);
    },
    close: async () => {
      await client.end();
      await server.stop();
    },
  };
}
