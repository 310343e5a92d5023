import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { systemClock as clock } from '../../src/lib/clock.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { Secret } from '../../src/lib/secret.ts';
import { openOtlpTracer } from '../../src/telemetry/otlp-tracer.ts';

const span = z.object({
  traceId: z.string().regex(/^[0-9a-f]{32}$/),
  spanId: z.string().regex(/^[0-9a-f]{16}$/),
  parentSpanId: z.string().optional(),
  name: z.string(),
  kind: z.number(),
  startTimeUnixNano: z.string().regex(/^\d{19}$/),
  endTimeUnixNano: z.string().regex(/^\d{19}$/),
  status: z.object({ code: z.number().optional() }),
});
const traces = z.object({
  resourceSpans: z
    .array(z.object({ scopeSpans: z.array(z.object({ spans: z.array(span) })) }))
    .length(1),
});

let received: { headers: NodeJS.Dict<string | string[]>; body: string }[];
let collector: ReturnType<typeof createServer>;
let url: string;

beforeEach(async () => {
  received = [];
  collector = createServer(async (req, res) => {
    received.push({ headers: req.headers, body: await text(req) });
    res.end('{}');
  });
  await new Promise<void>((done) => collector.listen(0, '127.0.0.1', done));
  const address = collector.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  url = `http://127.0.0.1:${address.port}/v1/traces`;
});

afterEach(() => {
  collector.close();
});

function tracer() {
  const headers = new Map([['x-key', new Secret('k')]]);
  const settings = { url, headers, serviceName: 'assay' };
  return openOtlpTracer({ settings, clock, log: silentLogger });
}

const call = { name: 'GET /a', facts: {}, startedAt: Date.now(), ms: 3, isError: true };

function spansReceived() {
  return received.flatMap(({ body }) =>
    traces
      .parse(JSON.parse(body))
      .resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
  );
}

describe('traces', () => {
  it('go to the collector, a call below its stage below its run', async () => {
    const { span: around, ended, close } = tracer();
    await around('run', { connection: 'main' }, () => around('pull', {}, async () => ended(call)));
    await close();
    const spans = spansReceived();
    const byName = new Map(spans.map((one) => [one.name, one]));
    const [run, pull, get] = ['run', 'pull', 'GET /a'].map((name) => byName.get(name));
    expect(run?.parentSpanId).toBeUndefined();
    expect(pull?.parentSpanId).toBe(run?.spanId);
    expect(get?.parentSpanId).toBe(pull?.spanId);
    expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
    expect([run?.status.code, get?.status.code]).toEqual([undefined, 2]);
    expect(received[0]?.headers['x-key']).toBe('k');
  });

  it('say of work that failed that it did, and pass its error on', async () => {
    const { span: around, close } = tracer();
    const failing = around('run', {}, async () => {
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await close();
    expect(spansReceived().map(({ status }) => status.code)).toEqual([2]);
  });

  it('cost nothing but themselves while the collector is away', async () => {
    collector.close();
    const { ended, close } = tracer();
    const since = performance.now();
    for (let at = 0; at < 20_000; at += 1) ended(call);
    expect(performance.now() - since).toBeLessThan(2_000);
    await close();
  });
});
