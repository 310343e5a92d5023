import { once } from 'node:events';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { Kysely, PGliteDialect } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import { thisProcess } from '../../src/lib/process-identity.ts';
import { openHost } from '../../src/store/folder/host.ts';
import { lockFolder } from '../../src/store/folder-lock.ts';
import { openEngine } from '../../src/store/open-engine.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Tables } from '../../src/store/schema.ts';
import { kill, runChild } from './child/run-child.ts';
import { temporaryFolder } from './temporary-folder.ts';

const since = '2026-11-22T08:00:00.000Z';
const locked = { code: 'STORE_LOCKED' };
const own = { flush: async () => undefined, rewrite: async () => undefined };
const neverAsked = new PGliteDialect({
  pglite: async () => {
    throw new Error('nobody gets so far');
  },
});

describe('the lock of a store folder', () => {
  let folder = '';
  let remove: () => Promise<void> = async () => undefined;
  beforeEach(async () => {
    const temporary = await temporaryFolder();
    folder = join(temporary.path, 'db');
    remove = temporary.remove;
  });
  afterEach(() => remove());

  const files = async () => (await readdir(dirname(folder))).sort();
  const writeLock = (holder: object) => writeFile(`${folder}.lock`, JSON.stringify(holder));
  const dead = { pid: 4_194_304, host: hostname(), started: null, since, token: 'dead' };

  it('is had once, in this process too, and leaves nothing behind', async () => {
    const lock = await lockFolder(folder, since);
    await expect(lockFolder(folder, since)).rejects.toMatchObject(locked);
    expect(await files()).toEqual(['db.lock']);
    await lock.release();
    await (await lockFolder(folder, since)).release();
    expect(await files()).toEqual([]);
  });

  it('is refused while another process has it, with its number, machine and time', async () => {
    const { child, lines } = runChild('hold-store.ts', folder);
    await once(lines, 'line');
    const message = expect.stringMatching(`process ${child.pid} on ${hostname()} since 20`);
    await expect(lockFolder(folder, since)).rejects.toMatchObject({ ...locked, message });
    await kill(child);
    await (await lockFolder(folder, since)).release();
  });

  it('keeps out who cannot be let in: on another machine, or of another version', async () => {
    const open = () => openStore({ databaseUrl: null, folder, clock: systemClock });
    await writeLock({ ...dead, host: 'elsewhere' });
    await expect(open()).rejects.toMatchObject({
      ...locked,
      todo: expect.stringContaining('DATABASE_URL'),
    });
    const place = await temporaryFolder();
    const socket = join(place.path, 'socket');
    const hosted = {
      db: new Kysely<Tables>({ dialect: neverAsked }),
      own,
      hearing: { hears: null },
    };
    const host = await openHost(socket, { ...hosted, tables: 'of an older version' });
    await writeLock({ ...thisProcess(), since, token: 'older', socket });
    await expect(open()).rejects.toMatchObject({
      ...locked,
      message: expect.stringContaining('another version'),
    });
    await host.close();
    await place.remove();
  });

  it('is not asked where no folder can be: a file stands there, or the place makes none', async () => {
    await writeFile(folder, '');
    for (const place of [folder, join(folder, 'deeper'), '/proc/nope/deeper'])
      await expect(
        openStore({ databaseUrl: null, folder: place, clock: systemClock }),
      ).rejects.toMatchObject({
        code: 'STORE_UNAVAILABLE',
        todo: expect.stringContaining('ASSAY_HOME'),
      });
  });

  it('is given back by who never asked anything, too', async () => {
    const options = { databaseUrl: null, folder, clock: systemClock };
    await (await openEngine(options)).close();
    expect(await files()).toEqual(['db']);
  });

  it('and the folder itself is nobody else’s to read', async () => {
    const store = await openStore({ databaseUrl: null, folder, clock: systemClock });
    expect((await stat(folder)).mode % 0o1000).toBe(0o700);
    await store.close();
  });

  it('of a dead process goes to exactly one of many who want it', async () => {
    await writeLock(dead);
    const tries = await Promise.allSettled(
      Array.from({ length: 20 }, () => lockFolder(folder, since)),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await files()).toEqual(['db.lock']);
  });

  it('of a process that died while taking it over can be taken over', async () => {
    await writeLock(dead);
    await writeFile(`${folder}.lock.dead.claim`, JSON.stringify({ ...dead, token: 'claimed' }));
    await (await lockFolder(folder, since)).release();
    expect(await files()).toEqual([]);
  });

  it('of a process whose number another one has now is free', async () => {
    await writeLock({ ...dead, pid: process.pid, started: 'an earlier boot/1' });
    await (await lockFolder(folder, since)).release();
  });

  it('of another machine is left alone', async () => {
    await writeLock({ ...dead, host: 'elsewhere' });
    await expect(lockFolder(folder, since)).rejects.toMatchObject(locked);
  });

  it('that holds nothing, as after a power cut, is free', async () => {
    await writeFile(`${folder}.lock`, '');
    const lock = await lockFolder(folder, since);
    expect(await readFile(`${folder}.lock`, 'utf8')).toContain(`"pid":${process.pid}`);
    await lock.release();
  });
});
