import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import { type Logger, silentLogger } from '../../src/lib/logger.ts';
import { Secret } from '../../src/lib/secret.ts';
import { openStore } from '../../src/store/open-store.ts';
import { sealedCredentials } from '../../src/store/sealed-credentials.ts';
import type { Store } from '../../src/store/store.ts';
import { temporaryFolder } from './temporary-folder.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let store: Store;
const told: string[] = [];
const log: Logger = { ...silentLogger, warn: (_facts, event) => void told.push(event) };

beforeAll(async () => {
  folder = await temporaryFolder();
  store = await openStore({ databaseUrl: null, folder: folder.path, clock: systemClock });
  await store.connections.bind('main', { crm: 'x', accountId: '1', subject: 'contact' });
});

afterAll(async () => {
  await store.close();
  await folder.remove();
});

function sealedBy(hex: string) {
  const key = new Secret(hex.repeat(32));
  return sealedCredentials(store, 'main', { key, clock: systemClock, log });
}

it('a token that another key sealed is told once, however often it is asked for, until it is another', async () => {
  await sealedBy('a1').save(new Secret('tokens'));
  const other = sealedBy('b2');
  for (let at = 0; at < 4; at += 1) expect(await other.load()).toBeNull();
  expect(told).toEqual(['credentials.unreadable']);
  await sealedBy('a1').save(new Secret('renewed'));
  for (let at = 0; at < 2; at += 1) expect(await other.load()).toBeNull();
  expect(told).toHaveLength(2);
  await other.save(new Secret('ours'));
  expect((await other.load())?.reveal()).toBe('ours');
});
