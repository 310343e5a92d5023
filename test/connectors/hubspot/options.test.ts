import { afterEach, expect, it } from 'vitest';
import { sampleFields, sampleRequest } from '../../contract/provision-samples.ts';
import { type PortalUnderTest, startPortal } from './portal-under-test.ts';

const { signal } = new AbortController();
let portal: PortalUnderTest;
afterEach(async () => await portal.close());

it('nobody can choose a retired option any more, while customers keep it until they have another', async () => {
  portal = await startPortal({ contacts: 20, deals: 10 });
  const request = { ...sampleRequest, lists: [] };
  await portal.open().provision(request, signal);
  const [gold, , bronze] = ['gold', 'silver', 'bronze'].map((value) => {
    return { value, label: value.toUpperCase() };
  });
  const options = [gold, bronze].flatMap((one) => one ?? []);
  const fields = sampleFields.map((field) =>
    field.kind === 'choice' ? { ...field, options, retired: ['silver'] } : field,
  );
  const knownOptions = { given: () => [], isHeld: () => true };
  const { steps } = await portal.open().provision({ ...request, fields, knownOptions }, signal);
  expect(steps.find(({ outcome }) => outcome === 'changed')?.message).toContain('SILVER');
  expect(portal.tierOptions().map(({ value, isOffered }) => [value, isOffered])).toEqual([
    ['gold', true],
    ['silver', false],
    ['bronze', true],
  ]);
});
