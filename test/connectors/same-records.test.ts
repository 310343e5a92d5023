import { afterEach, expect, it } from 'vitest';
import { worldSettings } from '../../sandbox/zoho/world-settings.ts';
import type { Connector } from '../../src/connector/connector.ts';
import type { Customer } from '../../src/domain/customer.ts';
import type { Deal } from '../../src/domain/deal.ts';
import type { CrmUnderTest } from '../contract/crm-under-test.ts';
import { fullPull, type Pulled, pullAll } from '../contract/pull-all.ts';
import { startPortal } from './hubspot/portal-under-test.ts';
import { startOrg } from './zoho/org-under-test.ts';

const started: CrmUnderTest[] = [];
afterEach(async () => {
  for (const crm of started.splice(0)) await crm.close();
});

async function pulled(crm: CrmUnderTest, connector: Connector): Promise<Pulled> {
  started.push(crm);
  return await pullAll(() => connector, fullPull);
}

/** What of a customer does not depend on which CRM it stands in. */
function personOf({ id: _id, modifiedAt: _modifiedAt, createdAt, ...person }: Customer) {
  return { ...person, createdAt: createdAt?.slice(0, 19) };
}

/** Likewise of a deal; its customers by the seller's own number. */
function orderOf(deal: Deal, numbers: ReadonlyMap<string, string | null>) {
  // A close date in Zoho has no time of day: only the day is a fact of both.
  const { id: _id, modifiedAt: _modifiedAt, closedAt: _closedAt, customers, ...order } = deal;
  return { ...order, customers: (customers ?? []).map(({ id }) => numbers.get(id)) };
}

function factsOf({ customers, deals }: Pulled) {
  const numbers = new Map(customers.map(({ id, externalId }) => [id, externalId]));
  return {
    people: new Map(customers.map((each) => [each.externalId, personOf(each)])),
    orders: new Map(deals.map((each) => [each.reference, orderOf(each, numbers)])),
  };
}

it('the same world is the same customers and orders through either CRM', async () => {
  const world = { contacts: 400, deals: 1_500 };
  const attributes = { trade: 'industry' };
  const portal = await startPortal({
    ...{ ...world, oddities: false },
    settings: { fields: { attributes, optOut: 'do_not_score' } },
  });
  const org = await startOrg(world);
  const fields = { ...worldSettings, attributes: { trade: 'Industry' }, optOut: 'Do_Not_Score' };
  const zoho = org.opened({ settings: { fields } });
  const [one, other] = [await pulled(portal, portal.open()), await pulled(org, zoho)];
  const [hubspotFacts, zohoFacts] = [factsOf(one), factsOf(other)];
  expect(zohoFacts.people.size).toBe(400);
  expect(zohoFacts.orders.size).toBe(1_500);
  expect(zohoFacts.people).toEqual(hubspotFacts.people);
  expect(zohoFacts.orders).toEqual(hubspotFacts.orders);
}, 30_000);
