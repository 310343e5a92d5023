import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { sandboxZohoCommand } from '../../../sandbox/zoho/main.ts';
import { parseServeOptions } from '../../../sandbox/zoho/serve-options.ts';

const MAIN = new URL('../../../sandbox/zoho/main.ts', import.meta.url).pathname;
const started = z.strictObject({
  url: z.url(),
  token: z.string(),
  clientId: z.string(),
  clientSecret: z.string(),
  refreshToken: z.string(),
  pid: z.number(),
  contacts: z.number(),
  deals: z.number(),
});

describe('the options of assay sandbox zoho', () => {
  it('have a default each', () => {
    expect(parseServeOptions([])).toEqual({
      ...{ port: 0, data: 'online-retail', contacts: 10_000, deals: 30_000, seed: 1 },
      ...{ edition: 'professional', licences: 10, limits: 'on' },
      ...{ latency: { kind: 'none' }, json: false },
    });
  });

  it.each([
    [['--edition', 'gold'], 'edition'],
    [['--licences', '0'], 'licences'],
    [['--latency', 'slow'], 'latency'],
    [['--no-such'], 'no-such'],
  ])('refuse %j with a word on what is wrong', (argv, word) => {
    expect(() => parseServeOptions(argv)).toThrow(word);
  });
});

describe('assay sandbox zoho', () => {
  it('says where it is and how to call it, and ends on the signal', async () => {
    const lines: string[] = [];
    const controller = new AbortController();
    await sandboxZohoCommand(['--data', 'empty', '--token', 'my-token'], {
      print: (line) => {
        lines.push(line);
        controller.abort();
      },
      signal: controller.signal,
    });
    expect(lines.join('\n')).toContain("curl -H 'authorization: Zoho-oauthtoken my-token'");
  });

  it('explains itself', async () => {
    const lines: string[] = [];
    const print = (line: string) => lines.push(line);
    await sandboxZohoCommand(['--help'], { print, signal: AbortSignal.abort() });
    expect(lines.join('\n')).toContain('--edition <name>');
  });

  it('runs as a process of its own, where customers can be let to buy', async () => {
    const argv = [MAIN, '--json', '--contacts', '200', '--deals', '600', '--edition', 'free'];
    const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill());
    const ended = once(child, 'exit');
    const [line] = await Promise.race([once(createInterface(child.stdout), 'line'), ended]);
    const { url, clientId, clientSecret, refreshToken, ...rest } = started.parse(
      JSON.parse(String(line)),
    );
    expect(rest).toMatchObject({ pid: child.pid, contacts: 200, deals: 600 });
    const form = new URLSearchParams({
      ...{ client_id: clientId, client_secret: clientSecret, refresh_token: refreshToken },
      grant_type: 'refresh_token',
    });
    const token = await fetch(`${url}/oauth/v2/token`, { method: 'POST', body: form });
    const { access_token } = z.object({ access_token: z.string() }).parse(await token.json());
    const headers = { authorization: `Zoho-oauthtoken ${access_token}` };
    const page = await fetch(`${url}/crm/v8/Contacts?fields=Email&per_page=1`, { headers });
    expect(page.status).toBe(200);
    const purchases = await fetch(`${url}/_sandbox/purchases`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ day: '2026-11-02', share: 0.1 }),
    });
    expect(await purchases.json()).toEqual({ day: '2026-11-02', deals: 20 });
    const limits = await fetch(`${url}/_sandbox/limits`);
    expect(await limits.json()).toMatchObject({ allowance: { credits: 5_000, concurrency: 5 } });
    child.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
  });
});
