import { afterEach, beforeEach, expect, it } from 'vitest';
import { sampleRequest } from '../../contract/provision-samples.ts';
import { type PortalUnderTest, startPortal } from './portal-under-test.ts';

const signal = new AbortController().signal;
let portal: PortalUnderTest;
beforeEach(async () => {
  portal = await startPortal();
});
afterEach(async () => await portal.close());

async function findings() {
  const all = await portal.open().doctor(sampleRequest, signal);
  return { all, of: (check: string) => all.filter((finding) => finding.check === check) };
}

it('every finding that is not well says what to do', async () => {
  const { all } = await findings();
  const checks = [
    'token',
    'quota',
    'currency',
    'time zone',
    'scopes',
    'fields',
    'inputs',
    'lists',
    'stages',
    'deals',
  ];
  expect([...new Set(all.map(({ check }) => check))]).toEqual(expect.arrayContaining(checks));
  for (const { status, todo } of all) expect(todo !== undefined).toBe(status !== 'ok');
});

it('fields that were not made are named, and are well once they are', async () => {
  const before = await findings();
  expect(before.of('fields').map(({ message }) => message)).toContain(
    'assay_value_tier: FIELD_MISSING',
  );
  await portal.open().provision(sampleRequest, signal);
  expect((await findings()).of('fields')).toMatchObject([{ status: 'ok' }]);
  const type = { type: 'string', fieldType: 'text' };
  await portal.call('PATCH', '/crm/v3/properties/contacts/assay_value_score', type);
  expect((await findings()).of('fields')).toMatchObject([
    { status: 'problem', message: expect.stringContaining('FIELD_RETYPED') },
  ]);
});

it('lists that were not made are named: nobody would see why they stay empty', async () => {
  const { of } = await findings();
  expect(of('lists').map(({ status }) => status)).toEqual(sampleRequest.lists.map(() => 'warning'));
  expect(of('lists')[0]?.message).toContain(sampleRequest.lists[0]?.name);
});

it('every mapped input is looked for, attributes too', async () => {
  const attributes = { trade: 'industry', rank: 'nobody_has_this' };
  const connector = portal.opened({ settings: { fields: { attributes } } });
  const all = await connector.doctor(sampleRequest, signal);
  const inputs = all.filter(({ check }) => check === 'inputs');
  const of = (input: string) => inputs.find(({ message }) => message.startsWith(`${input} `));
  expect(of('attributes.trade')).toMatchObject({ status: 'ok' });
  expect(of('attributes.rank')).toMatchObject({ status: 'warning' });
  for (const input of ['phone', 'feedback', 'deal.discount', 'deal.products'])
    expect(of(input), input).toMatchObject({ status: 'ok' });
  expect(of('optOut')).toBeUndefined();
});

it('deals without a customer are counted', async () => {
  const [deals] = (await findings()).of('deals');
  expect(deals).toMatchObject({
    status: 'warning',
    message: expect.stringMatching(/^\d+ of \d+ won/),
  });
});

it('looking changes nothing', async () => {
  const { contacts } = portal.sandbox.portal.objects;
  const before = [portal.schema(), contacts.revision];
  await findings();
  expect([portal.schema(), contacts.revision]).toEqual(before);
});

it('the stages that mean won are named by their metadata', async () => {
  const { of } = await findings();
  expect(of('stages')).toMatchObject([
    { status: 'ok', message: expect.stringContaining('Closed Won') },
  ]);
});
