import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderSimulation } from '../../src/cli/views/policy-simulation.ts';
import { policyVersion } from '../../src/policy/version.ts';
import { policy, policyText } from '../score/default-policy.ts';
import { openPortalPlace, type PortalPlace } from './portal-place.ts';

let desk: PortalPlace;
const until = '2026-11-01';
const draft = policyText
  .replace('{ spend: 0.4, loyalty: 0.4, credit: 0.2 }', '{ spend: 0.8, loyalty: 0.1, credit: 0.1 }')
  .replace('format: 1', '# Spend counts for more.\nformat: 1');

beforeAll(async () => {
  const variables = (folder: string) => ({ ASSAY_POLICY: join(folder, 'config/policy.yaml') });
  desk = await openPortalPlace({ contacts: 80, deals: 500, until, variables });
  write('config/policy.yaml', policyText);
  write('draft.yaml', draft);
  await assay('pull');
  await assay('score', '--as-of', until);
}, 120_000);

afterAll(async () => {
  await desk.close();
});

const write = (name: string, text: string) => writeFileSync(join(desk.place.folder, name), text);
const assay = (...args: readonly string[]) => desk.assay(...args);
const json = async (...args: readonly string[]) =>
  JSON.parse((await assay(...args, '--json')).stdout);

describe('changing the standard from the command line', () => {
  it('simulates a draft without a call but the look at the account, and prints what approves it', async () => {
    const calls = desk.sandbox.calls.report().total;
    const told = await json(
      'policy',
      'simulate',
      'draft.yaml',
      '--as-of',
      until,
      '--html',
      'a.html',
    );
    expect(desk.sandbox.calls.report().total - calls).toBeLessThanOrEqual(1);
    const [main] = told.connections;
    expect(main).toMatchObject({ connection: 'main', asOf: until, mode: 'auto' });
    expect(main.effect.customers).toBe(80);
    expect(main.effect.changeValue).toBeGreaterThan(0);
    expect(main.backtest.before.asOf).toBe(main.backtest.after.asOf);
    expect(main.backtest.before.customers).toBe(main.backtest.after.customers);
    expect(told.diff.findsCutPoints).toBe(true);
    const page = readFileSync(join(desk.place.folder, 'a.html'), 'utf8');
    expect(page).toContain('value › weights › spend');
    expect(page).not.toMatch(/<script|https?:/);
    const text = renderSimulation(told, null);
    expect(text).toContain(`--approve ${told.approve}`);
    expect(text).toContain('value › weights › spend');
    expect(text).toContain('The largest moves');
    expect(text).toContain('Which tells more of the future');
  }, 240_000);

  it('publishes nothing that nobody looked at', async () => {
    const bare = await assay('policy', 'publish', 'draft.yaml');
    expect(bare).toMatchObject({ code: 2 });
    const asked = await assay('policy', 'publish', 'draft.yaml', '--why', 'spend');
    expect(asked.code).toBe(3);
    expect(asked.stdout).toContain('value › weights › spend');
    const wrong = await assay('policy', 'publish', 'draft.yaml', '--why', 's', '--approve', 'abc');
    expect(wrong.code).toBe(3);
    expect(wrong.stderr).toContain('POLICY_NOT_APPROVED');
    expect((await json('policy', 'list')).releases).toEqual([]);
  }, 240_000);

  it('publishes what was approved, keeps what the file was, and shows both to the letter', async () => {
    const { approve } = await json('policy', 'publish', 'draft.yaml', '--why', 'spend');
    const done = await json(
      'policy',
      'publish',
      'draft.yaml',
      '--why',
      'spend',
      '--approve',
      approve,
    );
    expect(done.published).toMatchObject({
      number: 2,
      replaces: 1,
      why: 'spend',
      status: 'published',
    });
    const { releases } = await json('policy', 'list');
    expect(releases).toMatchObject([
      { number: 2, status: 'published', scores: 0 },
      { number: 1, status: 'replaced', version: policyVersion(policy), scores: 80 },
    ]);
    const { stdout } = await assay('policy', 'show');
    expect(stdout).toBe(draft);
    const before = await json('policy', 'show', '1');
    expect(before.content).toEqual(JSON.parse(JSON.stringify(policy)));
    const again = await assay('policy', 'publish', 'draft.yaml', '--why', 'x');
    expect(again.stderr).toContain('POLICY_UNCHANGED');
  }, 240_000);

  it('says once that the file is a draft now, and what it differs in', async () => {
    const { findings } = await json('doctor');
    expect(findings).toContainEqual(
      expect.objectContaining({ check: 'policy', status: 'warning' }),
    );
    const { changes } = await json('policy', 'diff');
    expect(changes.map(({ where }: { where: string }) => where)).toEqual([
      'value › weights › spend',
      'value › weights › loyalty',
      'value › weights › credit',
    ]);
    write('config/policy.yaml', 'windowMonths: many');
    const { stderr } = await assay('plan', '--as-of', until);
    expect(stderr.match(/is not in force/g)).toHaveLength(1);
    expect(stderr).toContain('cannot be read');
    write('config/policy.yaml', policyText);
  }, 240_000);

  it('refuses a class that is gone without a word, and says how to retire it', async () => {
    const gone = draft
      .replaceAll(/ {4}- key: silver\n(?: {6}.*\n)+/g, '')
      .replace('[gold, silver]', '[gold]');
    write('gone.yaml', gone);
    const { code, stderr } = await assay('policy', 'publish', 'gone.yaml', '--why', 'x');
    expect({ code, stderr }).toMatchObject({ code: 2 });
    expect(stderr).toContain('POLICY_CLASSES_GONE');
    expect(stderr).toContain('{ family: value_tier, key: silver, to:');
  }, 240_000);

  it('goes back, and retires for good', async () => {
    const inForce = await assay('policy', 'retire', '2', '--why', 'never again');
    expect(inForce.stderr).toContain('POLICY_IN_FORCE');
    const back = await json('policy', 'back', '--why', 'too many fell');
    expect(back.published).toMatchObject({
      number: 3,
      replaces: 2,
      version: policyVersion(policy),
    });
    const retired = await json('policy', 'retire', '2', '--why', 'never again');
    expect(retired.retired.releases).toBe(1);
    const again = await assay('policy', 'back', '--to', '2', '--why', 'x');
    expect(again.stderr).toContain('POLICY_RETIRED');
    const list = await assay('policy', 'list');
    expect(list.stdout).toMatch(/3 .* in force .* too many fell/);
    expect(list.stdout).toMatch(/2 .* retired /);
  }, 240_000);
});
