import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Listening, listen } from '../../src/http/listen.ts';
import { metricsRoute } from '../../src/http/metrics-route.ts';
import { memoryQueue } from '../../src/jobs/memory-queue.ts';
import { defaultRetryRules } from '../../src/jobs/verdict.ts';
import { systemClock as clock } from '../../src/lib/clock.ts';
import { silentLogger as log } from '../../src/lib/logger.ts';
import { Secret } from '../../src/lib/secret.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { metricList } from '../../src/telemetry/metric-list.ts';
import { type Metrics, openMetrics } from '../../src/telemetry/metrics.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let store: Store;
let server: Listening;
let metrics: Metrics;

beforeAll(async () => {
  folder = await temporaryFolder();
  store = await openStore({ databaseUrl: null, folder: join(folder.path, 'store'), clock });
  const queue = memoryQueue({ rules: defaultRetryRules, clock, log });
  const connections = [{ id: 'main', crm: 'hubspot' }];
  metrics = openMetrics({ connections, store, queue, clock, log });
  const { render, contentType } = metrics;
  const token = new Secret('a-token-of-sixteen');
  const app = express().use(metricsRoute({ render, contentType, token }));
  server = await listen(app, { host: '127.0.0.1', port: 0 });
});

afterAll(async () => {
  await server.close();
  await store.close();
  await folder.remove();
});

const ask = (authorization: string) =>
  fetch(`${server.url}/metrics`, { headers: { authorization } });

describe('docs/metrics.md', () => {
  it('lists every metric with its type, labels and meaning, and no other', () => {
    const text = readFileSync(join(import.meta.dirname, '../../docs/metrics.md'), 'utf8');
    const rows = [...text.matchAll(/^\| `(\w+)` \| (\w+) \| (.+?) \| (.+) \|$/gm)];
    const listed = rows.map(([, name, type, labels = '', help]) => ({
      ...{ name, type, help },
      labels: [...labels.matchAll(/`(\w+)`/g)].map(([, label]) => label),
    }));
    const known = Object.entries(metricList).map(([name, spec]) => ({ name, ...spec }));
    expect(listed).toEqual(known);
  });
});

describe('GET /metrics', () => {
  it('is for whoever shows the token', async () => {
    expect((await fetch(`${server.url}/metrics`)).status).toBe(401);
    const refused = await ask('Bearer another-token-of-16');
    expect(refused.status).toBe(401);
    expect(await refused.json()).toMatchObject({ code: 'METRICS_UNPROVEN' });
    const answer = await ask('Bearer a-token-of-sixteen');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  });

  it('counts runs, calls, receipts and quota as they are told', async () => {
    const of = { connection: 'main', crm: 'hubspot' };
    metrics.tell({ kind: 'run', ...of, outcome: 'failed', ms: 2_000, stopped: null });
    const endpoint = 'GET /crm/objects/2026-03/contacts/{id}';
    metrics.tell({ kind: 'call', ...of, endpoint, status: 429, startedAt: 0, ms: 120 });
    metrics.tell({ kind: 'call', ...of, endpoint, status: null, startedAt: 0, ms: 120 });
    metrics.tell({ kind: 'quota', connection: 'main', unit: 'calls', used: 40, budget: 100 });
    const lists = { applied: 0, unchanged: 0, rejected: 0 };
    const fields = { applied: 7, unchanged: 0, rejected: 1 };
    metrics.tell({ kind: 'receipts', ...of, fields, lists });
    metrics.tell({ kind: 'hints-done', connection: 'main', lagsMs: [1_500, 2_600] });
    const text = await metrics.render();
    expect(text).toContain('assay_runs_total{connection="main",outcome="failed"} 1');
    expect(text).toContain(`endpoint="${endpoint}",status="429"} 1`);
    expect(text).toContain(`endpoint="${endpoint}",status="none"} 1`);
    expect(text).toContain('assay_quota_used{connection="main",unit="calls"} 40');
    expect(text).toContain('assay_quota_left{connection="main",unit="calls"} 60');
    expect(text).toContain('{connection="main",of="fields",outcome="applied"} 7');
    expect(text).toContain('assay_webhook_lag_seconds_count{crm="hubspot"} 2');
  });

  it('shows what waits in the store, and nothing once it is done', async () => {
    const at = new Date(clock.now() - 60_000).toISOString();
    const hint = { key: 'k', object: 'customers', id: '1', kind: 'changed', at } as const;
    await store.inbox.add('main', [hint], at);
    const before = await metrics.render();
    expect(before).toContain('assay_inbox_hints{connection="main"} 1');
    expect(before).toMatch(/assay_inbox_oldest_seconds\{connection="main"\} 6\d/);
    expect(before).toContain('assay_scrape_faults{part="queue"} 0');
    await store.inbox.purge(new Date(clock.now() + 1_000).toISOString());
    expect(await metrics.render()).not.toContain('assay_inbox_hints{');
  });

  it('says nothing of the age of an empty queue', async () => {
    const text = await metrics.render();
    expect(text).toMatch(/^assay_queue_messages 0$/m);
    expect(text).not.toMatch(/^assay_queue_oldest_seconds /m);
  });

  it('has one label for all connections beyond the first 500', async () => {
    const connections = Array.from({ length: 600 }, (_, at) => ({ id: `c${at}`, crm: 'zoho' }));
    const queue = memoryQueue({ rules: defaultRetryRules, clock, log });
    const many = openMetrics({ connections, store, queue, clock, log });
    for (const { id } of connections) many.tell({ kind: 'lease-lost', connection: id });
    const lines = (await many.render()).match(/^assay_lease_losses_total\{.*$/gm) ?? [];
    expect(lines).toHaveLength(501);
    expect(lines).toContain('assay_lease_losses_total{connection="other"} 100');
  });
});
