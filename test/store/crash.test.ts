import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import { ensureRoom } from '../../src/store/disk-room.ts';
import { classifyStoreError } from '../../src/store/errors.ts';
import { openStore } from '../../src/store/open-store.ts';
import { kill, runChild } from './child/run-child.ts';
import { temporaryFolder } from './temporary-folder.ts';

describe('a store on PGlite', () => {
  let path = '';
  let remove: () => Promise<void> = async () => undefined;
  beforeAll(async () => {
    const temporary = await temporaryFolder();
    path = temporary.path;
    remove = temporary.remove;
  });
  afterAll(() => remove());
  const open = (name: string) =>
    openStore({ databaseUrl: null, folder: join(path, name), clock: systemClock });

  it('has every page whose end was told, whole, after kill -9', async () => {
    for (const pages of [1, 7, 23]) {
      const { child, lines } = runChild('write-pages.ts', join(path, 'killed'), `c${pages}`);
      let told = 0;
      for await (const line of lines) {
        told = Number(line);
        if (told >= pages) break;
      }
      await kill(child);
      const store = await open('killed');
      const cursor = Number((await store.pulls.open(`c${pages}`))?.tasks[0]?.cursor);
      const counts = await store.records.counts(`c${pages}`);
      expect(cursor).toBeGreaterThanOrEqual(told);
      expect(counts).toMatchObject({ customers: 20 * cursor, deals: 20 * cursor });
      expect(counts.unattributedMinor).toBe(0);
      await store.close();
    }
  });

  it('whose making was cut short is made anew', async () => {
    const { child } = runChild('hold-store.ts', join(path, 'half'));
    while (!(await files('half')).includes('PG_VERSION')) await systemClock.sleep(20);
    await kill(child);
    const store = await open('half');
    expect((await store.records.counts('c')).customers).toBe(0);
    await store.close();
  });

  it('in a folder of other files is refused, and they stay', async () => {
    await mkdir(join(path, 'photos'));
    await writeFile(join(path, 'photos', 'cat.jpg'), 'meow');
    await expect(open('photos')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(await files('photos')).toEqual(['cat.jpg']);
  });

  it('in a file, or with its files broken, is refused with what to do', async () => {
    await writeFile(join(path, 'file'), '');
    await expect(open('file')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await (await open('broken')).close();
    await rm(join(path, 'broken', 'global'), { recursive: true });
    await expect(open('broken')).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      todo: expect.stringContaining('backup'),
    });
    expect(await files('.')).not.toContain('broken.lock');
  });

  it('on a full disk says so before it writes', async () => {
    await expect(ensureRoom(path, Number.MAX_VALUE)).rejects.toMatchObject({ code: 'STORE_FULL' });
    await ensureRoom(path, 1);
  });

  async function files(name: string): Promise<readonly string[]> {
    return readdir(join(path, name)).catch(() => []);
  }
});

describe('an error of the database', () => {
  const failure = (code: string) => Object.assign(new Error('why'), { code });

  it('means a full disk, a store out of reach, or nothing we know', () => {
    for (const code of ['53100', 'ENOSPC', 'EDQUOT']) {
      expect(classifyStoreError(failure(code))).toMatchObject({ code: 'STORE_FULL' });
    }
    for (const code of [
      'ECONNREFUSED',
      'ENOTFOUND',
      '57P01',
      '28P01',
      '3D000',
      '08006',
      'EACCES',
    ]) {
      expect(classifyStoreError(failure(code)), code).toMatchObject({ code: 'STORE_UNAVAILABLE' });
    }
    const broken = new Error('Client has encountered a connection error and is not queryable');
    expect(classifyStoreError(broken)).toMatchObject({ code: 'STORE_UNAVAILABLE' });
    const unknown = failure('23505');
    expect(classifyStoreError(unknown)).toBe(unknown);
  });
});
