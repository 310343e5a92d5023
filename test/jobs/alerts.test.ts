import { createServer } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertKinds } from '../../src/domain/alert.ts';
import type { WorkEvent } from '../../src/domain/work-event.ts';
import { type Alerts, openAlerts } from '../../src/jobs/alerts.ts';
import type { Clock } from '../../src/lib/clock.ts';
import type { LogFacts, Logger } from '../../src/lib/logger.ts';
import { Secret } from '../../src/lib/secret.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';

const hourMs = 3_600_000;
const received: string[] = [];
let status = 200;
let url = '';
let now = Date.parse('2026-11-22T09:00:00Z');
let store: Store;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;

const clock: Clock = { now: () => now, sleep: async () => undefined };
const slack = createServer(async (req, res) => {
  received.push(await text(req));
  res.writeHead(status).end();
});

beforeAll(async () => {
  folder = await temporaryFolder();
  store = await openStore({ databaseUrl: null, folder: join(folder.path, 'store'), clock });
  await new Promise<void>((done) => slack.listen(0, '127.0.0.1', done));
  const address = slack.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  url = `http://127.0.0.1:${address.port}/services/T0/B0/verysecret`;
});

afterAll(async () => {
  slack.close();
  await store.close();
  await folder.remove();
});

function logged(into: string[]): Logger {
  const note = (facts: LogFacts, event: string) => {
    into.push(`${event} ${JSON.stringify(facts)}`);
  };
  return { debug: note, info: note, warn: note, error: note };
}

/** What is received when these happen, by several processes if asked. */
async function sentFor(events: readonly WorkEvent[], log: string[] = [], processes = 1) {
  received.length = 0;
  const settings = { url: new Secret(url), kinds: alertKinds, runbook: 'https://x.test/runbook' };
  const open = (): Alerts => openAlerts({ settings, store: store.alerts, clock, log: logged(log) });
  const all = Array.from({ length: processes }, open);
  for (const event of events) for (const one of all) one.tell(event);
  for (const one of all) await one.close();
  return received.map((body): { text: string; blocks: unknown } => JSON.parse(body));
}

function failed(connection: string): WorkEvent {
  const stopped = { code: 'SERVER_ERROR', todo: 'Look at the CRM’s status page.' };
  return { kind: 'run', connection, crm: 'hubspot', outcome: 'failed', ms: 1, stopped };
}

describe('an alert', () => {
  it('says what happened, where, what to do, and where to read more', async () => {
    const [message] = await sentFor([failed('shop')]);
    expect(message?.text).toBe('A run failed (shop): A run failed: SERVER_ERROR.');
    const shown = JSON.stringify(message?.blocks);
    expect(shown).toContain('Look at the CRM’s status page.');
    expect(shown).toContain('<https://x.test/runbook#alert-run-failed|Runbook>');
  });

  it('is sent once an hour of a kind and connection, over all processes', async () => {
    now += hourMs;
    expect(await sentFor([failed('one'), failed('one'), failed('two')], [], 3)).toHaveLength(2);
    now += hourMs - 1;
    expect(await sentFor([failed('one')])).toHaveLength(0);
    now += 1;
    const [message] = await sentFor([failed('one')]);
    expect(JSON.stringify(message)).toContain('6 more since the last message');
  });

  it('is not held back by a clock that is set back', async () => {
    now -= 5 * hourMs;
    expect(await sentFor([failed('one')])).toHaveLength(1);
    now += 6 * hourMs;
  });

  it('that cannot be sent stops nobody, gives its address away to nobody, and is tried with the next', async () => {
    status = 500;
    const log: string[] = [];
    expect(await sentFor([failed('deaf')], log)).toHaveLength(3);
    expect(log).toEqual([expect.stringContaining('alert.failed')]);
    expect(log.join()).not.toContain('verysecret');
    status = 200;
    const [message] = await sentFor([failed('deaf')]);
    expect(JSON.stringify(message)).toContain('1 more since the last message');
  });

  it('is sent of a quota from nine tenths on, and not with every call', async () => {
    const used = (count: number): WorkEvent => ({
      ...{ kind: 'quota', connection: 'busy', unit: 'calls', used: count, budget: 100 },
    });
    expect(await sentFor([used(10), used(89)])).toHaveLength(0);
    expect(await sentFor([used(90), used(91), used(99)])).toHaveLength(1);
  });

  it('is sent of what needs a person, and of nothing else', async () => {
    now += hourMs;
    const cause = { code: 'TOKEN_REFUSED', todo: 'Make a new token.' };
    const since = '2026-11-21T00:00:00Z';
    const of = { connection: 'shop' } as const;
    const messages = await sentFor([
      { kind: 'paused', ...of, cause },
      { kind: 'dead', ...of, cause },
      { kind: 'channel-lapsed', ...of, channels: 2, since },
      { kind: 'tiers-fell', ...of, falls: [{ from: 'gold', to: 'silver' }] },
      { kind: 'lease-lost', ...of },
      { ...{ kind: 'run', ...of, crm: 'zoho', outcome: 'checkpoint', ms: 1 }, stopped: cause },
    ]);
    expect(messages.map((one) => one.text.split(' (')[0]).toSorted()).toEqual([
      'A connection is paused',
      'Tiers of named customers fell',
      'Webhooks have lapsed',
      'Work was given up',
    ]);
  });
});
