import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { sandboxHubspotCommand } from '../../../sandbox/hubspot/main.ts';
import { parseServeOptions } from '../../../sandbox/hubspot/serve-options.ts';

const MAIN = new URL('../../../sandbox/hubspot/main.ts', import.meta.url).pathname;
const started = z.strictObject({
  url: z.url(),
  token: z.string(),
  pid: z.number(),
  contacts: z.number(),
  deals: z.number(),
});

describe('the options of assay sandbox hubspot', () => {
  it('have a default each', () => {
    expect(parseServeOptions([])).toEqual({
      ...{ port: 0, data: 'online-retail', contacts: 10_000, deals: 30_000, seed: 1 },
      ...{ companies: false, oddities: false, plan: 'professional', limits: 'on' },
      ...{ latency: { kind: 'none' }, json: false },
    });
  });

  it('take a size as a wish for generated data', () => {
    const { data, contacts, deals } = parseServeOptions(['--contacts', '500']);
    expect({ data, contacts, deals }).toEqual({ data: 'generated', contacts: 500, deals: 1_500 });
  });

  it.each([
    ['none', { kind: 'none' }],
    ['300', { kind: 'fixed', ms: 300 }],
    ['200-400', { kind: 'uniform', minMs: 200, maxMs: 400 }],
    ['300~0.5', { kind: 'lognormal', medianMs: 300, sigma: 0.5 }],
  ])('read the latency %s', (text, latency) => {
    expect(parseServeOptions(['--latency', text]).latency).toEqual(latency);
  });

  it.each([
    [['--plan', 'gold'], 'plan'],
    [['--latency', 'slow'], 'latency'],
    [['--contacts', '-1'], 'contacts'],
    [['--no-such'], 'no-such'],
  ])('refuse %j with a word on what is wrong', (argv, word) => {
    expect(() => parseServeOptions(argv)).toThrow(word);
  });
});

describe('assay sandbox hubspot', () => {
  it('says where it is and how to call it, and ends on the signal', async () => {
    const lines: string[] = [];
    const controller = new AbortController();
    const running = sandboxHubspotCommand(['--data', 'empty', '--token', 'my-token'], {
      print: (line) => {
        lines.push(line);
        controller.abort();
      },
      signal: controller.signal,
    });
    await running;
    expect(lines.join('\n')).toContain("curl -H 'authorization: Bearer my-token'");
  });

  it('explains itself', async () => {
    const lines: string[] = [];
    const print = (line: string) => lines.push(line);
    await sandboxHubspotCommand(['--help'], { print, signal: AbortSignal.abort() });
    expect(lines.join('\n')).toContain('--contacts <n>');
  });

  it('runs as a process of its own, where customers can be let to buy', async () => {
    const argv = [MAIN, '--json', '--contacts', '200', '--deals', '600', '--limits', 'off'];
    const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill());
    const ended = once(child, 'exit');
    const [line] = await Promise.race([once(createInterface(child.stdout), 'line'), ended]);
    const { url, token, pid, ...loaded } = started.parse(JSON.parse(String(line)));
    expect({ pid, ...loaded }).toEqual({ pid: child.pid, contacts: 200, deals: 600 });
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${url}/crm/objects/2026-03/contacts?limit=1`, { headers });
    expect(answer.status).toBe(200);
    const purchases = await fetch(`${url}/_sandbox/purchases`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ day: '2026-11-02', share: 0.1 }),
    });
    expect(await purchases.json()).toEqual({ day: '2026-11-02', deals: 20 });
    child.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
  });
});
