import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { connectors } from '../../connectors/registry.ts';
import { AssayError } from '../../src/domain/assay-error.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { Secret } from '../../src/lib/secret.ts';
import {
  memoryCredentials,
  memoryFieldIds,
  memoryJobs,
  memoryLedger,
  nothingStored,
} from '../contract/stores-in-memory.ts';
import { closed, listen } from '../faults/bad-inputs/listen.ts';
import { impatientClock } from './kit/impatient-clock.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A server that redirects everything to another, and that other. */
async function redirecting(status: number): Promise<{ url: string; reached: string[] }> {
  const reached: string[] = [];
  const stranger = createServer((req, res) => {
    reached.push(`${req.method} ${req.url}`);
    res.end('{}');
  });
  const location = await listen(stranger);
  const first = createServer((req, res) => {
    req.resume();
    res.writeHead(status, { location }).end();
  });
  const url = await listen(first);
  closing.push(
    () => closed(first),
    () => closed(stranger),
  );
  return { url, reached };
}

const oauth = { clientIdEnv: 'ID', clientSecretEnv: 'SECRET', refreshTokenEnv: 'REFRESH' };
const settingsOf: Readonly<Record<string, (url: string) => Readonly<Record<string, unknown>>>> = {
  hubspot: (baseUrl) => ({ auth: { kind: 'oauth', ...oauth }, baseUrl }),
  'hubspot with a token': (baseUrl) => ({ token: 'SECRET', baseUrl }),
  zoho: (url) => ({ auth: oauth, accountsUrl: url, apiUrl: url, contentUrl: url }),
};

describe.each(Object.keys(settingsOf))('%s, where answers lead somewhere else', (name) => {
  it.each([301, 302, 303, 307, 308])(
    '%i: nothing is sent there, and the run says why it ends',
    async (status) => {
      const { url, reached } = await redirecting(status);
      const opened = connectors.get(name.split(' ')[0] ?? '')?.open({
        ...{ connection: 'main', subject: 'contact', log: silentLogger, clock: impatientClock() },
        fields: [],
        settings: settingsOf[name]?.(url) ?? {},
        secrets: new Map(
          ['ID', 'SECRET', 'REFRESH'].map((key) => [key, new Secret(`${key}-4711`)]),
        ),
        ...{ credentials: memoryCredentials(), quota: memoryLedger() },
        ...{ fieldIds: memoryFieldIds(), jobs: memoryJobs(), stored: nothingStored },
      });
      const error: unknown = await opened?.account(new AbortController().signal).catch((e) => e);
      await opened?.close();
      expect(error).toBeInstanceOf(AssayError);
      expect(error).toMatchObject({ code: 'CALL_REDIRECTED', disposition: 'retry' });
      expect(reached).toEqual([]);
    },
  );
});
