import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buyOn } from '../../sandbox/hubspot/purchase-day.ts';
import { comparisonPage, renderComparison } from '../../src/cli/views/policy-compare.ts';
import { comparedPart } from '../../src/cli/views/policy-compare-document.ts';
import { compareShadow, type ShadowComparison } from '../../src/run/compare-shadow.ts';
import type { RunContext } from '../../src/run/context.ts';
import { proposalOf } from '../../src/run/policy-proposal.ts';
import { sideOfText } from '../../src/run/policy-side.ts';
import { publishPolicy } from '../../src/run/publish-policy.ts';
import { beginShadow, endShadow } from '../../src/run/shadow-policy.ts';
import { policyText } from '../score/default-policy.ts';
import { AS_OF, openWorkbench, type Workbench } from './workbench.ts';

const word = { by: 'anna', at: '2026-11-22T10:00:00.000Z', why: 'a test' };
const text = policyText.replace(
  '{ spend: 0.4, loyalty: 0.4, credit: 0.2 }',
  '{ spend: 0.9, loyalty: 0.05, credit: 0.05 }',
);
const draft = sideOfText(text, 'draft.yaml');
let bench: Workbench;
let alone: Workbench;

beforeAll(async () => {
  bench = await openWorkbench({ contacts: 300, deals: 1_200 });
  alone = await openWorkbench({ contacts: 300, deals: 1_200 });
  for (const one of [bench, alone]) await one.provision();
}, 120_000);

afterAll(async () => {
  await bench.close();
  await alone.close();
});

const proposal = async () =>
  await proposalOf(bench.app.store, draft, () => sideOfText(policyText, 'the file'));

async function compareOn(day: string): Promise<ShadowComparison> {
  const now = () => Date.parse(`${day}T09:00:00Z`);
  const on = (ctx: RunContext) => compareShadow({ ...ctx, clock: { ...ctx.clock, now } });
  const found = await bench.connected(on);
  if (found === null) throw new Error('no policy is in shadow');
  return found;
}

/** What the CRM holds in our fields, by customer number; what tells one write from another aside. */
function held({ sandbox, world }: Workbench) {
  const { contacts } = sandbox.portal.objects;
  return [...world.customers].map(({ externalId }) => {
    const slot = contacts.find('external_id', externalId) ?? -1;
    const ours = Object.entries(contacts.at(slot).properties).filter(
      ([name]) => name.startsWith('assay_') && name !== 'assay_run',
    );
    return [externalId, Object.fromEntries(ours)] as const;
  });
}

describe('a challenger in shadow', () => {
  it('is one at most, and waits for a full scoring', async () => {
    const release = await beginShadow(bench.app.store, await proposal(), word);
    expect(release).toMatchObject({ status: 'challenger', version: draft.version });
    await expect(beginShadow(bench.app.store, await proposal(), word)).rejects.toMatchObject({
      code: 'POLICY_CHALLENGED',
    });
    expect(await bench.app.store.policies.inForce()).toBeNull();
    expect(await compareOn(AS_OF)).toMatchObject({ status: 'waiting' });
  });

  it('is scored with the base, and the CRM sees the same writes as without it', async () => {
    const [report, other] = [await bench.run(), await alone.run()];
    expect(report.score).toEqual(other.score);
    expect(report.plan?.summary).toEqual(other.plan?.summary);
    const written = held(bench).filter(([, fields]) => Object.keys(fields).length > 0);
    expect(written.length).toBeGreaterThan(100);
    expect(held(bench)).toEqual(held(alone));
    const calls = ({ sandbox }: Workbench) => sandbox.calls.report().endpoints;
    expect(calls(bench)).toEqual(calls(alone));
    const found = await compareOn(AS_OF);
    expect(found).toMatchObject({
      status: 'compared',
      asOf: AS_OF,
      better: 'too-early',
      buyers: 0,
    });
    const shown = renderComparison([comparedPart(found)]);
    expect(shown).toContain('Too early to tell');
  });

  it('tells the better policy once enough days and buyers have passed', async () => {
    const { sandbox, world, settle } = bench;
    const ids = await bench.app.store.scores.page('main', { after: null, limit: 1_000 });
    const pairs = await bench.app.store.shadows.pairs(
      'main',
      ids.map(({ score }) => score.customerId),
    );
    // Those buy whom the challenger values more than what is in force does.
    const gain = (id: string) => {
      const pair = pairs.get(id);
      return (pair?.challenger.value ?? 0) - (pair?.champion.value ?? 0);
    };
    const best = new Set(
      [...pairs.keys()].toSorted((one, two) => gain(two) - gain(one)).slice(0, 80),
    );
    const numbers = await bench.app.store.records.externalIds('main', [...best]);
    const chosen = new Set(numbers.values());
    const customers = [...world.customers].filter(({ externalId }) => chosen.has(externalId));
    settle();
    const some = { ...world, customers, customerCount: customers.length };
    buyOn(sandbox.portal, some, { day: '2026-11-20', share: 1, seed: 3 });
    settle();
    await bench.run({ asOf: '2026-11-20' });
    expect(await compareOn('2026-11-21')).toMatchObject({
      ...{ better: 'too-early', telling: { kind: 'too-early', from: '2026-11-29' } },
    });
    const found = await compareOn('2026-12-05');
    expect(found).toMatchObject({ status: 'compared', buyers: customers.length });
    if (found.status !== 'compared') return;
    expect(found.figures.challenger.auc ?? 0).toBeGreaterThan(found.figures.champion.auc ?? 1);
    expect(found.better).toBe('challenger');
    const net = (tiers: typeof found.tiers.champion) =>
      tiers.reduce((sum, { netMinor }) => sum + netMinor, 0);
    expect(net(found.tiers.champion)).toBe(found.netMinor);
    expect(net(found.tiers.challenger)).toBe(found.netMinor);
    const page = comparisonPage([{ ...comparedPart(found), connection: '<i>' }]);
    expect(page).toContain('beats the policy in force');
    expect(page).not.toContain('<i>');
  });

  it('ends when it is published, and leaves nothing behind', async () => {
    const { store } = bench.app;
    const asked = await proposal();
    await publishPolicy(store, asked, { ...word, approve: asked.approve });
    expect(await store.shadows.challenger()).toBeNull();
    expect(await store.shadows.snapshot('main')).toBeNull();
    expect(await bench.connected(compareShadow)).toBeNull();
    await expect(endShadow(store, word)).rejects.toMatchObject({ code: 'POLICY_UNCHALLENGED' });
    const rows = await store.audit.latest({
      ...{ chain: 'house', actor: null, since: null, before: null, limit: 9 },
      kinds: ['policy.challenged', 'policy.challenge-ended', 'policy.published'],
    });
    expect(rows.map(({ kind }) => kind)).toEqual([
      ...['policy.challenged', 'policy.challenge-ended', 'policy.published'],
    ]);
  });
});
