import { afterEach, describe, expect, it } from 'vitest';
import { generatedWorld } from '../../sandbox/data/generate.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import type { Score } from '../../src/domain/score.ts';
import { defaultWrites, type WriteSettings } from '../../src/domain/write-settings.ts';
import { proposalOf } from '../../src/run/policy-proposal.ts';
import { type ReadableSide, sideOfText } from '../../src/run/policy-side.ts';
import { publishPolicy } from '../../src/run/publish-policy.ts';
import type { RunReport } from '../../src/run/report.ts';
import { runConnection } from '../../src/run/run-connection.ts';
import { ScoresDigest } from '../../src/run/scores-digest.ts';
import { type Simulation, simulatePolicy } from '../../src/run/simulate-policy.ts';
import type { FoundCuts } from '../../src/run/simulation-sides.ts';
import { policyText } from '../score/default-policy.ts';
import { type CrmName, openTwoCrms, type TwoCrms } from './two-crms.ts';

const asOf = '2026-11-01';
const crmNames: readonly CrmName[] = ['hubspot', 'zoho'];
let crms: TwoCrms;

afterEach(async () => {
  await crms.close();
});

type Edit = readonly [from: string, to: string];

function draftOf(...edits: readonly Edit[]): ReadableSide {
  const text = edits.reduce((written, [from, to]) => {
    if (!written.includes(from)) throw new Error(`The policy does not say: ${from}`);
    return written.replace(from, to);
  }, policyText);
  return sideOfText(text, 'draft.yaml');
}

const diamond = `    - key: diamond
      label: { en: Diamond }
      description: { en: The very best. }
      icon: gem
      colour: '#6B7A99'
      share: 0.02
      from: 90
      serviceLevel: dedicated
      strategy: exclusive
    - key: platinum`;

const drafts: readonly (readonly [string, ReadableSide])[] = [
  ['names alone', draftOf(['{ en: Platinum,', '{ en: Iridium,'])],
  [
    'other weights',
    draftOf([
      '{ spend: 0.4, loyalty: 0.4, credit: 0.2 }',
      '{ spend: 0.8, loyalty: 0.1, credit: 0.1 }',
    ]),
  ],
  [
    'a shorter window, other days, and no grace',
    draftOf(
      ['windowMonths: 12', 'windowMonths: 6'],
      ['newCustomer: 90', 'newCustomer: 30'],
      ['hysteresis: 3', 'hysteresis: 0'],
      ['graceDays: 30', 'graceDays: 0'],
    ),
  ],
  ['a tier more', draftOf(['    - key: platinum', diamond])],
];

async function publish(draft: ReadableSide): Promise<void> {
  const { store } = crms.app;
  const asked = await proposalOf(store, draft, () => sideOfText(policyText, 'file'));
  const word = { by: 'anna', at: '2026-11-22T10:00:00.000Z', why: 'a test' };
  await publishPolicy(store, asked, { ...word, approve: asked.approve });
}

async function simulate(draft: ReadableSide, found: FoundCuts = new Map()) {
  const all: Partial<Record<CrmName, Simulation>> = {};
  for (const crm of crmNames)
    all[crm] = await crms.connected(crm, (ctx) =>
      simulatePolicy(ctx, draft.policy, { asOf, full: true, found }),
    );
  return all;
}

async function run(crm: CrmName): Promise<RunReport> {
  return await crms.connected(crm, (ctx) => runConnection(ctx, { full: true, asOf }));
}

async function scoresOf(crm: CrmName): Promise<readonly Score[]> {
  const page = await crms.app.store.scores.page(crm, { after: null, limit: 10_000 });
  return page.map(({ score }) => score);
}

function digestOf(scores: readonly Score[]): string {
  const digest = new ScoresDigest();
  for (const score of scores) digest.add(score);
  return digest.text();
}

/** Of who changed tier or value, between two scorings. */
function moved(before: readonly Score[], after: readonly Score[]) {
  const was = new Map(before.map((score) => [score.customerId, score]));
  const other = (score: Score, of: (score: Score) => unknown): readonly RecordId[] => {
    const old = was.get(score.customerId);
    return old !== undefined && of(old) !== of(score) ? [score.customerId] : [];
  };
  return {
    changeTier: after.flatMap((score) => other(score, ({ tier }) => tier)).length,
    changeValue: after.flatMap((score) => other(score, ({ value }) => value?.score)).length,
  };
}

async function planOf(report: RunReport) {
  const plan = await crms.app.store.plans.byId(report.plan?.id ?? '');
  if (plan === null) throw new Error('the run made no plan');
  return plan;
}

async function expectForetold(crm: CrmName, draft: ReadableSide, told: Simulation | undefined) {
  const before = await scoresOf(crm);
  const report = await run(crm);
  const after = await scoresOf(crm);
  expect(told?.scoresDigest, crm).toBe(digestOf(after));
  expect(new Set(after.map(({ policyVersion }) => policyVersion))).toEqual(
    new Set([draft.version]),
  );
  expect(told?.effect, crm).toMatchObject({ customers: after.length, ...moved(before, after) });
  const plan = await planOf(report);
  expect(told?.plan.digest, crm).toBe(plan.digest);
  expect(told?.plan.summary, crm).toEqual(plan.summary);
  expect(told?.holds, crm).toEqual(plan.holds);
  return { report, told };
}

const noBrake: WriteSettings = {
  ...defaultWrites,
  brake: {
    ...defaultWrites.brake,
    ...{ tierCustomers: null, tierRevenue: null, tierSizes: false },
  },
};

describe('simulating a draft, publishing it and running', () => {
  it('gives exactly the scores and the plan that were foretold, in both CRMs, one policy after another', async () => {
    const world = generatedWorld({ contacts: 150, deals: 520, seed: 22, until: asOf });
    crms = await openTwoCrms(world, { writes: noBrake });
    for (const crm of crmNames) await crms.run(crm, asOf);
    const changes: number[] = [];
    for (const [, draft] of drafts) {
      const told = await simulate(draft);
      await publish(draft);
      for (const crm of crmNames) await expectForetold(crm, draft, told[crm]);
      changes.push(told.hubspot?.plan.summary.changes ?? 0);
    }
    expect(changes.slice(1).every((count) => count > 0)).toBe(true);
    expect(changes[0]).toBeLessThan(changes[1] ?? 0);
  }, 400_000);

  it('foretells which guards of the brake will hold the plan', async () => {
    const world = generatedWorld({ contacts: 150, deals: 520, seed: 22, until: asOf });
    crms = await openTwoCrms(world);
    for (const crm of crmNames) await crms.run(crm, asOf);
    const draft = draftOf(['share: 0.05', 'share: 0.5'], ['share: 0.30', 'share: 0.2']);
    const told = await simulate(draft);
    await publish(draft);
    for (const crm of crmNames) {
      const { report } = await expectForetold(crm, draft, told[crm]);
      expect(report.outcome).toBe('held');
    }
    expect(told.hubspot?.holds.map(({ by }) => by)).toContain('tier-customers');
  }, 300_000);

  it('does so for customers whom both CRMs know, by cut points over persons', async () => {
    const world = generatedWorld({ contacts: 150, deals: 520, seed: 23, until: asOf });
    const identity = [{ connections: ['hubspot', 'zoho'], by: ['externalId', 'email'] as const }];
    crms = await openTwoCrms(world, { identity });
    await crms.pull('zoho');
    for (const crm of crmNames) await crms.run(crm, asOf);
    for (const crm of crmNames) await run(crm);
    const [, draft] = drafts[1] ?? [];
    if (draft === undefined) throw new Error('no draft');
    const told = await simulate(draft);
    await publish(draft);
    for (const crm of crmNames) await expectForetold(crm, draft, told[crm]);
  }, 300_000);
});

describe('the policy in force', () => {
  it('moves nobody when it is simulated, on whatever day', async () => {
    const world = generatedWorld({ contacts: 150, deals: 520, seed: 24, until: asOf });
    crms = await openTwoCrms(world);
    for (const crm of crmNames) await crms.run(crm, asOf);
    const same = draftOf();
    for (const day of [asOf, '2026-11-15', '2027-03-01'])
      for (const crm of crmNames) {
        const told = await crms.connected(crm, (ctx) =>
          simulatePolicy(ctx, same.policy, { asOf: day }),
        );
        expect(told.effect).toMatchObject({ changeTier: 0, changeValue: 0, classes: [] });
        expect(told.effect.lists.every((list) => list.in + list.out === 0)).toBe(true);
        expect(told.provision).toEqual([]);
        if (day === asOf) expect(told.plan.summary.changes).toBe(0);
      }
  }, 300_000);
});
