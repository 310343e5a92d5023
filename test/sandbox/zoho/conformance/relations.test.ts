import * as sdk from '@zohocrm/typescript-sdk-8.0';
import { describe, expect, it } from 'vitest';
import { idIn, quietBody, recordOf } from './build.ts';
import { firstOf, parameters, parsed, provesItsClaims, startOfficial } from './official.ts';

const sandbox = await startOfficial();
const { org } = sandbox;

async function create(module: string, values: Readonly<Record<string, unknown>>): Promise<bigint> {
  const answer = await parsed(
    new sdk.Record.RecordOperations(module).createRecords(quietBody(recordOf(values))),
    sdk.Record.ActionWrapper,
  );
  return idIn(firstOf(answer.body.getData(), sdk.Record.SuccessResponse));
}

const contact = await create('Contacts', { Last_Name: 'Buyer', Email: 'buyer@example.com' });
const campaign = await create('Campaigns', { Campaign_Name: 'Champions' });
const deal = await create('Deals', {
  Deal_Name: 'Order',
  Stage: new sdk.Choice('Closed Won'),
  Contact_Name: recordOf({}, contact),
});

describe('campaign members', () => {
  const members = new sdk.RelatedRecords.RelatedRecordsOperations('Contacts', 'Campaigns');
  const fields = () => parameters([sdk.RelatedRecords.GetRelatedRecordsParam.FIELDS, 'Last_Name']);

  it('are none at first', async () => {
    const answer = await members.getRelatedRecords(campaign, await fields());
    expect(answer.getStatusCode()).toBe(204);
  });

  it('are linked with their status, and read back', async () => {
    const request = new sdk.RelatedRecords.BodyWrapper();
    request.setData([recordOf({ Member_Status: 'Active' }, contact)]);
    const linked = await parsed(
      members.updateRelatedRecords(campaign, request),
      sdk.RelatedRecords.ActionWrapper,
    );
    firstOf(linked.body.getData(), sdk.RelatedRecords.SuccessResponse);
    expect(org.memberships.get(String(campaign), String(contact))).toMatchObject({
      Member_Status: 'Active',
    });
    const { body } = await parsed(
      members.getRelatedRecords(campaign, await fields()),
      sdk.RelatedRecords.ResponseWrapper,
    );
    expect(body.getData().map((each) => each.getId())).toEqual([contact]);
    expect(body.getData()[0]?.getKeyValue('Last_Name')).toBe('Buyer');
  });

  it('are unlinked', async () => {
    const ids = [sdk.RelatedRecords.DelinkRecordsParam.IDS, String(contact)] as const;
    const { body } = await parsed(
      members.delinkRecords(campaign, await parameters(ids)),
      sdk.RelatedRecords.ActionWrapper,
    );
    firstOf(body.getData(), sdk.RelatedRecords.SuccessResponse);
    expect(org.memberships.of(String(campaign))).toEqual([]);
  });
});

describe('related records', () => {
  it('of a contact are the deals whose primary contact it is', async () => {
    const deals = new sdk.RelatedRecords.RelatedRecordsOperations('Deals', 'Contacts');
    const fields = await parameters([
      sdk.RelatedRecords.GetRelatedRecordsParam.FIELDS,
      'Deal_Name,Stage',
    ]);
    const { body } = await parsed(
      deals.getRelatedRecords(contact, fields),
      sdk.RelatedRecords.ResponseWrapper,
    );
    expect(body.getData().map((each) => each.getId())).toEqual([deal]);
    expect(body.getData()[0]?.getKeyValue('Stage').getValue()).toBe('Closed Won');
  });
});

describe('contact roles', () => {
  const roles = new sdk.DealContactRoles.DealContactRolesOperations();
  const role = org.contactRoles.byName('Decision Maker');

  it('are given to a contact in a deal, and read back', async () => {
    const given = new sdk.DealContactRoles.ContactRole();
    given.setName(role?.name ?? '');
    given.setId(BigInt(role?.id ?? 0));
    const data = new sdk.DealContactRoles.Data();
    data.setContactRole(given);
    const request = new sdk.DealContactRoles.BodyWrapper();
    request.setData([data]);
    const linked = await parsed(
      roles.associateContactRoleToDeal(contact, deal, request),
      sdk.DealContactRoles.ActionWrapper,
    );
    firstOf(linked.body.getData(), sdk.DealContactRoles.SuccessResponse);
    const { FIELDS } = sdk.DealContactRoles.GetAssociatedContactRolesParam;
    const { body } = await parsed(
      roles.getAssociatedContactRoles(deal, await parameters([FIELDS, 'Last_Name,Contact_Role'])),
      sdk.DealContactRoles.ResponseWrapper,
    );
    const [shown] = body.getData();
    expect(shown?.getId()).toBe(contact);
    expect(shown?.getContactRole().getName()).toBe('Decision Maker');
  });

  it('are taken away', async () => {
    const { body } = await parsed(
      roles.deleteContactRoleRelation(contact, deal),
      sdk.DealContactRoles.ActionWrapper,
    );
    firstOf(body.getData(), sdk.DealContactRoles.SuccessResponse);
    expect(org.memberships.get(String(deal), String(contact))).toBeUndefined();
  });
});

provesItsClaims('relations', sandbox);
