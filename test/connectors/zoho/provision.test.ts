import { afterEach, describe, expect, it } from 'vitest';
import type { ProvisionStep } from '../../../src/connector/provision.ts';
import { sampleChanges, sampleFields, sampleRequest } from '../../contract/provision-samples.ts';
import { rendered } from '../../faults/bad-inputs/raw-answer.ts';
import { openProxy } from '../../faults/bad-inputs/spoiling-proxy.ts';
import { memoryStores } from './memory-stores.ts';
import { type OrgSetup, type OrgUnderTest, startOrg } from './org-under-test.ts';

const signal = new AbortController().signal;
const request = { ...sampleRequest, lists: [] };
const labels = [
  ...['Assay Run', 'Assay Value Tier', 'Assay Value Score'],
  ...['Assay Net Spend', 'Assay Last Order On', 'Assay Reason'],
];

let org: OrgUnderTest;
afterEach(async () => await org.close());

async function start(setup: OrgSetup = {}) {
  org = await startOrg({ contacts: 20, deals: 10, ...setup });
  return org.open();
}

const schema = () => org.sandbox.org.schema;
const field = (apiName: string) => schema().field('Contacts', apiName);
const customFields = () =>
  schema()
    .fields('Contacts')
    .filter(({ isCustom }) => isCustom).length;
const outcomes = (steps: readonly ProvisionStep[]) => new Set(steps.map(({ outcome }) => outcome));
const calls = (endpoint: string) => org.sandbox.calls.report().endpoints[endpoint]?.count ?? 0;

describe('provisioning fields', () => {
  it('makes them five a call, with stored values of ours and labels of the policy', async () => {
    const connector = await start();
    const { steps } = await connector.provision(request, signal);
    expect(steps.map(({ name }) => name)).toEqual(labels);
    expect(calls('POST /crm/v8/settings/fields')).toBe(2);
    expect(field('Assay_Value_Tier')?.pickList).toMatchObject([
      { actualValue: 'gold', displayValue: 'GOLD' },
      { actualValue: 'silver', displayValue: 'SILVER' },
      { actualValue: 'bronze', displayValue: 'BRONZE' },
    ]);
    const types = labels.map((label) => field(label.replaceAll(' ', '_'))?.dataType);
    expect(types).toEqual(['text', 'picklist', 'integer', 'double', 'date', 'textarea']);
  });

  it('remembers their ids, so that it needs no label again', async () => {
    const connector = await start();
    await connector.provision(request, signal);
    for (const label of labels) {
      const found = field(label.replaceAll(' ', '_'));
      const label_ = `Theirs ${label}`.slice(0, 25);
      schema().update('Contacts', found?.id ?? '', {
        label: label_,
        apiName: `T_${found?.apiName}`,
      });
    }
    const { steps } = await org.open().provision(request, signal);
    expect(outcomes(steps)).toEqual(new Set(['unchanged']));
  });

  it('makes nothing when the edition has no room for all, and says what it would take', async () => {
    const connector = await start({ org: { customFieldLimit: 10 } });
    const before = customFields();
    const { steps } = await connector.provision(request, signal);
    expect([steps.length, customFields()]).toEqual([1, before]);
    expect(steps[0]).toMatchObject({
      outcome: 'problem',
      message: expect.stringMatching(
        /^6 custom fields are needed; the edition allows 10, \d are used/,
      ),
      todo: expect.stringMatching(/those that matter most and fit: value_tier(, \w+)*\.$/),
    });
    // What is named has room beside the run's marker.
    const [, free] = /allows 10, (\d) are used/.exec(steps[0]?.message ?? '') ?? [];
    const named = steps[0]?.todo?.split('fit: ')[1]?.split(', ');
    expect(named).toHaveLength(10 - Number(free) - 1);
    // And once there is room, all of them are made.
    for (const name of ['Industry', 'Referred_By', 'Feedback_Count'])
      schema().delete('Contacts', field(name)?.id ?? '');
    const again = await org.open().provision(request, signal);
    expect(outcomes(again.steps)).toEqual(new Set(['created']));
  });

  it('takes back what it made when the limit shows only on the way', async () => {
    const connector = await start({ org: { customFieldLimit: 13 - 1 } });
    const reply = { kind: 'noPermission', permission: 'Crm_Implied_Api_Access' } as const;
    org.sandbox.faults.add([
      { match: { path: '__features' }, probability: 1, times: 1, effect: reply },
    ]);
    const before = org.schema();
    const { steps } = await connector.provision(request, signal);
    expect(outcomes(steps)).toEqual(new Set(['problem']));
    expect(steps[0]?.message).toContain('12');
    expect(org.schema()).toEqual(before);
  });

  it('leaves a stranger’s field with our label alone, reports it, and never writes to it', async () => {
    const connector = await start();
    const theirs = schema().create('Contacts', { label: 'Assay Reason', dataType: 'textarea' });
    for (const opened of [connector, org.open()]) {
      const { steps } = await opened.provision(request, signal);
      expect(steps.find(({ outcome }) => outcome === 'problem')).toMatchObject({
        name: 'Assay Reason',
        message: expect.stringContaining('not ours'),
      });
    }
    const [id = ''] = org.liveIds('customers');
    const writing = org.open().applyBatch(sampleChanges([id]), 'run1', signal);
    await expect(writing).rejects.toMatchObject({ code: 'FIELD_MISSING' });
    expect(schema().byId('Contacts', theirs.id)).toEqual(theirs);
  });

  it('knows what a lost answer had made', async () => {
    const connector = await start();
    org.sandbox.faults.add([
      {
        match: { method: 'POST', path: 'settings/fields' },
        probability: 1,
        times: 1,
        effect: { kind: 'reset', when: 'after' },
      },
    ]);
    const { steps } = await connector.provision(request, signal);
    expect(outcomes(steps)).toEqual(new Set(['created']));
    expect((await org.memory.fieldIds.load()).size).toBe(labels.length);
    const again = await org.open().provision(request, signal);
    expect(outcomes(again.steps)).toEqual(new Set(['unchanged']));
  });

  it('knows what was made when the answer names an id that nothing has, or none', async () => {
    await start();
    const spoilt = ['{"id":"4711"}', '{}'].values();
    const proxy = await openProxy(org.sandbox.url, async ({ kind }, hear) => {
      if (kind !== 'POST /crm/v8/settings/fields') return null;
      const heard = await hear();
      const odd = heard.body.toString().replace('"SUCCESS"', '"4711"');
      const text = odd.replace(/"details":\{[^}]*\}/, () => {
        return `"details":${spoilt.next().value}`;
      });
      return { bytes: rendered({ ...heard, body: Buffer.from(text) }), after: 'end' };
    });
    const { url } = proxy;
    const connector = org.opened({ settings: { accountsUrl: url, apiUrl: url, contentUrl: url } });
    const { steps } = await connector.provision(request, signal);
    await proxy.close();
    expect(spoilt.next().done).toBe(true);
    expect(outcomes(steps)).toEqual(new Set(['created']));
    const again = await org.open().provision(request, signal);
    expect(outcomes(again.steps)).toEqual(new Set(['unchanged']));
  });

  it('knows what it had made before it was killed', async () => {
    const connector = await start();
    const killed = new AbortController();
    const { save } = org.memory.fieldIds;
    const memory = {
      ...org.memory,
      fieldIds: {
        ...org.memory.fieldIds,
        save: async (ids: ReadonlyMap<string, string>) => {
          if (killed.signal.aborted) throw new Error('killed');
          await save(ids);
          if ([...ids.values()].some((id) => id.startsWith('new:'))) killed.abort();
        },
      },
    };
    await connector.close();
    const doomed = org.opened({ memory });
    await expect(doomed.provision(request, signal)).rejects.toThrow('killed');
    const { steps } = await org.open().provision(request, signal);
    expect(outcomes(steps)).toEqual(new Set(['unchanged']));
    expect(customFields()).toBe(7 + labels.length);
  });

  it('finds its fields again from a store that has forgotten them', async () => {
    const connector = await start();
    await connector.provision(request, signal);
    const later = org.opened({ memory: memoryStores() });
    expect(outcomes((await later.provision(request, signal)).steps)).toEqual(
      new Set(['unchanged']),
    );
  });

  it('shows labels of another script, behind API names that a program can read', async () => {
    const connector = await start();
    const chinese = new Map([
      ['value_tier', '价值等级'],
      ['reason', '评分理由'],
    ]);
    const fields = sampleFields.map((spec) => ({
      ...spec,
      label: chinese.get(spec.key) ?? spec.label,
    }));
    await connector.provision({ ...request, fields }, signal);
    expect(field('Assay_Value_Tier')?.label).toBe('Assay 价值等级');
    expect(field('Assay_Reason')?.label).toBe('Assay 评分理由');
    expect(field('Assay_Net_Spend')?.label).toBe('Assay Net Spend');
    for (const memory of [org.memory, memoryStores()]) {
      const { steps } = await org.opened({ memory }).provision({ ...request, fields }, signal);
      expect(outcomes(steps)).toEqual(new Set(['unchanged']));
    }
  });

  it('makes anew what a person deleted, and says what is hidden', async () => {
    const connector = await start();
    await connector.provision(request, signal);
    schema().delete('Contacts', field('Assay_Reason')?.id ?? '');
    schema().hide('Contacts', field('Assay_Value_Score')?.id ?? '', true);
    const { steps } = await org.open().provision(request, signal);
    const byName = new Map(steps.map((step) => [step.name, step]));
    expect(byName.get('Assay Reason')?.outcome).toBe('created');
    expect(byName.get('Assay Value Score')).toMatchObject({
      outcome: 'problem',
      message: expect.stringContaining('hidden'),
    });
    schema().hide('Contacts', field('Assay_Value_Score')?.id ?? '', false);
    const again = await org.open().provision(request, signal);
    expect(outcomes(again.steps)).toEqual(new Set(['unchanged']));
  });

  it('adds missing values, and leaves those that people added or renamed', async () => {
    const connector = await start();
    await connector.provision(request, signal);
    const tier = field('Assay_Value_Tier');
    const [gold] = tier?.pickList ?? [];
    const pickList = [
      { id: gold?.id ?? '', displayValue: 'Our best' },
      { displayValue: 'Platinum', actualValue: 'theirs' },
    ];
    schema().update('Contacts', tier?.id ?? '', { pickList });
    const fields = sampleFields.map((spec) => {
      if (spec.kind !== 'choice') return spec;
      return { ...spec, options: [...spec.options, { value: 'platinum', label: 'Platinum' }] };
    });
    const { steps } = await org.open().provision({ ...request, fields }, signal);
    expect(steps.filter(({ outcome }) => outcome === 'extended')).toHaveLength(1);
    const shown = field('Assay_Value_Tier')?.pickList.map(({ displayValue }) => displayValue);
    expect(shown).toEqual(['Our best', 'SILVER', 'BRONZE', 'Platinum', 'Platinum (platinum)']);
  });

  it('costs two credits when there is nothing to do', async () => {
    const connector = await start();
    await connector.provision(request, signal);
    const later = org.open();
    await later.provision(request, signal);
    expect(later.usage().spent).toBe(2);
  });
});
