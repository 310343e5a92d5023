import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startZohoSandbox } from '../../../sandbox/zoho/server.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { silentLogger } from '../../../src/lib/logger.ts';
import { Secret } from '../../../src/lib/secret.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { sealedCredentials } from '../../../src/store/sealed-credentials.ts';
import { temporaryFolder } from '../../store/temporary-folder.ts';
import { ask, openedAt } from './session-under-test.ts';

it('processes that share a store share one token, and one of them renews it', async () => {
  const sandbox = await startZohoSandbox();
  const { path, remove } = await temporaryFolder();
  const store = await openStore({
    ...{ databaseUrl: null, folder: join(path, 'db'), clock: systemClock },
  });
  onTestFinished(async () => {
    await store.close();
    await remove();
    await sandbox.close();
  });
  const key = new Secret('0123456789abcdef'.repeat(4));
  const ofProcess = () => {
    const keeping = { key, clock: systemClock, log: silentLogger };
    return openedAt(sandbox.url, { credentials: sealedCredentials(store, 'main', keeping) });
  };
  const processes = [ofProcess(), ofProcess(), ofProcess()];
  const renewals = () =>
    sandbox.calls.all().filter(({ endpoint }) => endpoint.endsWith('/oauth/v2/token')).length;
  await Promise.all(processes.map((session) => ask(session)));
  expect(renewals()).toBe(1);
  sandbox.tokens.expireAll();
  await Promise.all(processes.flatMap((session) => [ask(session), ask(session)]));
  expect(renewals()).toBe(2);
});
