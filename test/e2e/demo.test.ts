import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const count = z.int().min(0);
const shared = {
  customers: count,
  deals: count,
  tiers: z.record(z.string(), count),
  changes: count,
  receipts: z.strictObject({ applied: count, unchanged: count, rejected: count }),
  tooMany: count,
  scoresHash: z.string().regex(/^[0-9a-f]{64}$/),
};
const line = z.strictObject({
  crms: z.strictObject({
    hubspot: z.strictObject({
      ...shared,
      calls: z.strictObject({ read: count, write: count, total: count }),
      floorCalls: count,
      second: z.strictObject({ changes: count, rescored: count, calls: count }),
    }),
    zoho: z.strictObject({
      ...shared,
      calls: z.strictObject({ read: count, write: count, total: count, credits: count }),
      floorCredits: count,
      second: z.strictObject({ changes: count, rescored: count, calls: count, credits: count }),
    }),
  }),
});

const root = join(import.meta.dirname, '../..');

/** `npm run demo -- --once --json`, as a stranger's script would. */
async function runDemo(): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const args = [join(root, 'src/cli/main.ts'), 'demo', '--once', '--json'];
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { PATH: process.env['PATH'] ?? '' },
  });
  const out: string[] = [];
  const error: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => error.push(text));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, stdout: out.join(''), stderr: error.join('') };
}

describe('the demo', () => {
  let demo: Awaited<ReturnType<typeof runDemo>>;
  let hubspot: z.infer<typeof line>['crms']['hubspot'];
  let zoho: z.infer<typeof line>['crms']['zoho'];

  beforeAll(async () => {
    demo = await runDemo();
    ({ hubspot, zoho } = line.parse(JSON.parse(demo.stdout)).crms);
  }, 300_000);

  it('ends well, with one JSON line on stdout', () => {
    expect(demo.code, demo.stderr).toBe(0);
    expect(demo.stdout.trimEnd().split('\n')).toHaveLength(1);
  });

  it('scores every customer of the real orders', () => {
    expect(hubspot).toMatchObject({ customers: 4372, deals: 25_900 });
    const tiers = Object.values(hubspot.tiers).reduce((sum, customers) => sum + customers, 0);
    expect(tiers).toBe(4372);
    expect(Object.keys(hubspot.tiers).length).toBeGreaterThan(3);
  });

  it('writes every change, and each is taken', () => {
    expect(hubspot.changes).toBeGreaterThan(4000);
    expect(hubspot.receipts).toEqual({ applied: hubspot.changes, unchanged: 0, rejected: 0 });
  });

  it('asks for little more than the floor, and never too often', () => {
    expect(hubspot.tooMany, demo.stderr).toBe(0);
    expect(hubspot.floorCalls).toBe(44 + 259 + Math.ceil(hubspot.changes / 100));
    expect(hubspot.calls.total).toBe(hubspot.calls.read + hubspot.calls.write);
    expect(hubspot.calls.total).toBeLessThanOrEqual(Math.ceil(hubspot.floorCalls * 1.02) + 50);
  });

  it('has nothing to do in the second run', () => {
    expect(hubspot.second).toMatchObject({ changes: 0, rescored: 0 });
    expect(hubspot.second.calls).toBeLessThanOrEqual(10);
  });

  it('scores the same orders the same in Zoho CRM, and writes them all', () => {
    expect(zoho.scoresHash).toBe(hubspot.scoresHash);
    expect(zoho).toMatchObject({ customers: 4372, deals: 25_900, tiers: hubspot.tiers });
    expect(zoho.changes).toBe(hubspot.changes);
    expect(zoho.receipts).toEqual({ applied: zoho.changes, unchanged: 0, rejected: 0 });
    expect(demo.stderr).toContain('The same orders, the same scores');
  });

  it('spends few more of Zoho’s credits than it must, and hardly any when nothing changed', () => {
    expect(zoho.tooMany, demo.stderr).toBe(0);
    expect(zoho.calls.credits).toBeLessThanOrEqual(Math.ceil(zoho.floorCredits * 1.05) + 50);
    expect(zoho.second).toMatchObject({ changes: 0, rescored: 0 });
    expect(zoho.second.credits).toBeLessThanOrEqual(10);
  });

  it('tells the story beside it: the plan, three customers, the way to a portal of one’s own', () => {
    expect(demo.stderr).toContain('Tiers, customers from (down) to (across)');
    expect(demo.stderr).toMatch(/Revenue that moves: £/);
    expect(demo.stderr.match(/^ {2}Customer \d+/gm)).toHaveLength(3);
    expect(demo.stderr).toContain('HUBSPOT_TOKEN=');
  });
});
