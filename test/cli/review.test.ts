import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { policyText } from '../score/default-policy.ts';
import { openPortalPlace, type PortalPlace } from './portal-place.ts';
import { sandboxConfig } from './run-assay.ts';

let desk: PortalPlace;
const until = '2026-11-01';

beforeAll(async () => {
  desk = await openPortalPlace({
    ...{ contacts: 60, deals: 300, until },
    variables: (folder) => ({ ASSAY_POLICY: join(folder, 'config/policy.yaml') }),
  });
  const { place, sandbox } = desk;
  const review = 'review: { every: half-yearly, from: 2026-01-01 }';
  place.writeConfig(`${sandboxConfig(sandbox.url)}\n${review}\n`);
  writeFileSync(join(place.folder, 'config/policy.yaml'), policyText);
  const draft = policyText.replace('newCustomer: 90', 'newCustomer: 30');
  writeFileSync(join(place.folder, 'draft.yaml'), draft);
}, 120_000);

afterAll(async () => {
  await desk.close();
});

const assay = (...args: readonly string[]) => desk.assay(...args);
const json = async (...args: readonly string[]) =>
  JSON.parse((await assay(...args, '--json')).stdout);
const page = (name: string) => readFileSync(join(desk.place.folder, name), 'utf8');

describe('from the command line', () => {
  it('a challenger is put in shadow, scored with the base, compared and ended', async () => {
    expect(await json('policy', 'compare')).toEqual({ connections: [] });
    expect((await assay('policy', 'shadow', 'draft.yaml')).code).toBe(2);
    expect((await assay('policy', 'shadow', '--why', 'x')).code).toBe(2);
    const { challenger } = await json('policy', 'shadow', 'draft.yaml', '--why', 'to see');
    expect(challenger).toMatchObject({ number: 1, status: 'challenger', why: 'to see' });
    await assay('pull');
    await assay('score', '--as-of', until);
    const { connections } = await json('policy', 'compare', '--html', 'compare.html');
    expect(connections).toMatchObject([
      { connection: 'main', status: 'compared', asOf: until, better: 'too-early' },
    ]);
    expect(page('compare.html')).toContain('Too early to tell');
    expect(page('compare.html')).not.toMatch(/<script|https?:/);
    const back = await assay('policy', 'back', '--to', '1', '--why', 'x');
    expect(back.stderr).toContain('POLICY_NO_EARLIER');
    expect((await assay('policy', 'list')).stdout).toContain('in shadow');
    const { ended } = await json('policy', 'shadow', '--end', '--why', 'seen');
    expect(ended).toMatchObject({ number: 1, status: 'ended' });
  }, 240_000);

  it('the standard is reviewed, and the review kept with a reason', async () => {
    expect((await assay('review', '--done')).code).toBe(2);
    const first = await json('review', '--html', 'review.html');
    expect(first).toMatchObject({ done: null, review: { last: null, drift: null } });
    expect(first.review.due).toMatchObject({ every: 'half-yearly', on: '2026-07-01' });
    expect(page('review.html')).toContain('This is the first review');
    expect(page('review.html')).not.toMatch(/<script|https?:/);
    const kept = await assay('review', '--done', '--why', 'it holds');
    expect(kept.stdout).toContain('The review is done');
    const second = await json('review');
    expect(second.review.last.asOf).toBe(until);
    expect(second.review.moves).toMatchObject({ rising: [], falling: [] });
    expect((await assay('audit', 'list')).stdout).toContain('review.done');
  }, 240_000);
});
