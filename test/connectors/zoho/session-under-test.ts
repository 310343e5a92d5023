import { openSession } from '../../../connectors/zoho/open-session.ts';
import type { Session } from '../../../connectors/zoho/session.ts';
import { anything } from '../../../connectors/zoho/wire.ts';
import { defaultClient } from '../../../sandbox/zoho/sandbox-options.ts';
import type { OpenInput } from '../../../src/connector/connector.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { silentLogger } from '../../../src/lib/logger.ts';
import { Secret } from '../../../src/lib/secret.ts';
import { sampleFields } from '../../contract/provision-samples.ts';
import { type MemoryStores, memoryStores } from './memory-stores.ts';

export type SessionSetup = Partial<
  Pick<OpenInput, 'subject' | 'fields' | 'clock' | 'log' | 'credentials' | 'quota' | 'stored'>
> & {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly memory?: MemoryStores;
};

/** Names of the secrets in the environment. */
export const auth = { clientIdEnv: 'ID', clientSecretEnv: 'SECRET', refreshTokenEnv: 'REFRESH' };

/** A session as a process opens it, with the credentials of the sandbox’s client. */
export function openedAt(url: string, setup: SessionSetup = {}): Session {
  const { settings, secrets: given, memory = memoryStores(), ...rest } = setup;
  const { credentials, quota, fieldIds, jobs } = memory;
  const { clientId: ID, clientSecret: SECRET, refreshToken: REFRESH = '' } = defaultClient;
  const secrets = Object.entries({ ID, SECRET, REFRESH, ...given });
  return openSession({
    ...{ connection: 'main', subject: 'contact', fields: sampleFields, credentials, quota },
    ...{
      fieldIds,
      jobs,
      stored: { dealsOf: async () => [] },
      clock: systemClock,
      log: silentLogger,
    },
    settings: { auth, accountsUrl: url, concurrencyShare: 1, ...settings },
    secrets: new Map(secrets.map(([name, value]) => [name, new Secret(value)])),
    ...rest,
  });
}

const signal = new AbortController().signal;

/** Any call that needs a token. */
export async function ask(session: Session, path = '/crm/v8/org'): Promise<unknown> {
  const call = { method: 'GET', path, answer: anything } as const;
  return await session.client.send({ ...call, effect: 'read', credits: 1, pool: 'plain' }, signal);
}
