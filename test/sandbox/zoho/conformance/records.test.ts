import * as sdk from '@zohocrm/typescript-sdk-8.0';
import { describe, expect, it } from 'vitest';
import { idIn, quietBody, recordOf } from './build.ts';
import {
  firstOf,
  type Pair,
  parameters,
  parsed,
  provesItsClaims,
  startOfficial,
} from './official.ts';

const sandbox = await startOfficial();
const { org } = sandbox;
const contacts = new sdk.Record.RecordOperations('Contacts');
const { GetRecordsParam } = sdk.Record;
const nobody = 5_725_767_000_009_999_999n;

async function insert(...records: sdk.Record.Record[]): Promise<readonly bigint[]> {
  const answer = await parsed(
    contacts.createRecords(quietBody(...records)),
    sdk.Record.ActionWrapper,
  );
  return answer.body.getData().map((each) => idIn(firstOf([each], sdk.Record.SuccessResponse)));
}

const people = await insert(
  ...Array.from({ length: 5 }, (_, index) =>
    recordOf({
      Last_Name: `Person ${index}`,
      Email: `person${index}@example.com`,
      Lead_Source: new sdk.Choice('Partner'),
      Date_of_Birth: new Date(Date.UTC(1990, 0, index + 1)),
    }),
  ),
);
const [first = 0n, second = 0n, third = 0n] = people;

describe('an inserted record', () => {
  it('gets an id of 19 digits, which the SDK reads as a bigint', () => {
    expect(String(first)).toMatch(/^\d{19}$/);
  });

  it('was written without automations, and the log proves it', () => {
    expect(org.writes.all()[0]).toMatchObject({ trigger: [], skip: ['cadences'] });
  });

  it('is read whole by its id, each value as its type', async () => {
    const { body: answer } = await parsed(contacts.getRecord(first), sdk.Record.ResponseWrapper);
    const [read] = answer.getData();
    expect(read?.getId()).toBe(first);
    expect(read?.getKeyValue('Last_Name')).toBe('Person 0');
    expect(read?.getKeyValue('Lead_Source')).toEqual(new sdk.Choice('Partner'));
    expect(read?.getKeyValue('Date_of_Birth')).toEqual(new Date(Date.UTC(1990, 0, 1)));
    expect(read?.getKeyValue('Email_Opt_Out')).toBe(false);
    expect(read?.getKeyValue('Owner').getName()).toBe('Assay Integration');
    expect(read?.getCreatedBy().getEmail()).toBe('assay@sandbox.invalid');
    expect(read?.getModifiedTime().getMilliseconds()).toBe(0);
    expect(read?.getTag()).toEqual([]);
    expect(read?.getKeyValue('Account_Name')).toBeNull();
  });

  it('of an id nobody has is refused', async () => {
    const { body: refused } = await parsed(contacts.getRecord(nobody), sdk.Record.APIException);
    expect(refused.getCode().getValue()).toBe('INVALID_DATA');
  });
});

describe('a list', () => {
  const columns = [GetRecordsParam.FIELDS, 'Last_Name,Email'] as const;
  const page = (...more: readonly Pair[]) =>
    parameters(columns, [GetRecordsParam.PER_PAGE, 2], ...more);

  it('comes in pages, newest id first, and goes on by its token', async () => {
    const seen: bigint[] = [];
    let token = '';
    do {
      const next = token === '' ? await page() : await page([GetRecordsParam.PAGE_TOKEN, token]);
      const { body: answer } = await parsed(contacts.getRecords(next), sdk.Record.ResponseWrapper);
      seen.push(...answer.getData().map((each) => each.getId()));
      const info = answer.getInfo();
      expect(info.getSortOrder()).toBe('desc');
      expect(info.getCount()).toBe(answer.getData().length);
      token = info.getMoreRecords() ? info.getNextPageToken() : '';
      if (token !== '') expect(info.getPageTokenExpiry()).toBeInstanceOf(Date);
    } while (token !== '');
    expect(seen).toEqual(people.toReversed());
  });

  it('comes by page number too', async () => {
    const third = await page([GetRecordsParam.PAGE, 3]);
    const { body: answer } = await parsed(contacts.getRecords(third), sdk.Record.ResponseWrapper);
    expect(answer.getData().map((each) => each.getId())).toEqual([first]);
    expect(answer.getInfo().getMoreRecords()).toBe(false);
  });

  it('without fields is refused', async () => {
    const { status, body: refused } = await parsed(
      contacts.getRecords(new sdk.ParameterMap()),
      sdk.Record.APIException,
    );
    expect([status, refused.getCode().getValue()]).toEqual([400, 'REQUIRED_PARAM_MISSING']);
    expect(refused.getDetails().get('param_name')).toBe('fields');
  });

  it('of nothing newer is a 304', async () => {
    const since = new sdk.HeaderMap();
    const { IF_MODIFIED_SINCE } = sdk.Record.GetRecordsHeader;
    await since.add(IF_MODIFIED_SINCE, new Date(Date.now() + 60_000));
    expect((await contacts.getRecords(await page(), since)).getStatusCode()).toBe(304);
  });

  it('of a module without records is no content', async () => {
    const campaigns = new sdk.Record.RecordOperations('Campaigns');
    const fields = await parameters([GetRecordsParam.FIELDS, 'Campaign_Name']);
    expect((await campaigns.getRecords(fields)).getStatusCode()).toBe(204);
  });
});

describe('an update', () => {
  it('answers record by record: one good, one unknown, one of the wrong type', async () => {
    const { status, body: answer } = await parsed(
      contacts.updateRecords(
        quietBody(
          recordOf({ Title: 'Head' }, first),
          recordOf({ Title: 'Nobody' }, nobody),
          recordOf({ Email: 'no address' }, second),
        ),
      ),
      sdk.Record.ActionWrapper,
    );
    expect(status).toBe(207);
    const [good, ...bad] = answer.getData();
    const success = firstOf([good], sdk.Record.SuccessResponse);
    expect(idIn(success)).toBe(first);
    expect(success.getDetails().get('Modified_By').getName()).toBe('Assay Integration');
    const refused = bad.map((each) => firstOf([each], sdk.Record.APIException));
    expect(refused.map((each) => each.getCode().getValue())).toEqual([
      'INVALID_DATA',
      'INVALID_DATA',
    ]);
    expect(refused[1]?.getDetails().get('api_name')).toBe('Email');
  });

  it('of a locked record is refused', async () => {
    const stored = org.records.Contacts.change(String(third), { state: 'locked' });
    expect(stored?.state).toBe('locked');
    const { status, body: answer } = await parsed(
      contacts.updateRecord(third, quietBody(recordOf({ Title: 'Head' }))),
      sdk.Record.ActionWrapper,
    );
    const refused = firstOf(answer.getData(), sdk.Record.APIException);
    expect([status, refused.getCode().getValue()]).toEqual([400, 'RECORD_LOCKED']);
    org.records.Contacts.change(String(third), { state: 'open' });
  });

  it('of one value for many ids is done at once', async () => {
    const request = new sdk.Record.MassUpdateBodyWrapper();
    request.setData([recordOf({ Title: 'Valued' })]);
    request.setIds([String(first), String(second)]);
    const { status, body: answer } = await parsed(
      contacts.massUpdateRecords(request),
      sdk.Record.MassUpdateActionWrapper,
    );
    expect(status).toBe(200);
    const results = answer.getData();
    expect(results).toHaveLength(2);
    firstOf(results, sdk.Record.MassUpdateSuccessResponse);
    expect(org.records.Contacts.get(String(second))?.values['Title']).toBe('Valued');
  });

  it('or an insert: upsert says which, and by which field it knew', async () => {
    const request = quietBody(
      recordOf({ Last_Name: 'Person 0', Email: 'person0@example.com', Title: 'Known' }),
      recordOf({ Last_Name: 'New', Email: 'new@example.com' }),
    );
    request.setDuplicateCheckFields(['Email']);
    const { body: answer } = await parsed(
      contacts.upsertRecords(request),
      sdk.Record.ActionWrapper,
    );
    const results = answer.getData().map((each) => firstOf([each], sdk.Record.SuccessResponse));
    expect(results.map((each) => each.getAction().getValue())).toEqual(['update', 'insert']);
    expect(results.slice(0, 1).map(idIn)).toEqual([first]);
    expect(results[0]?.getDuplicateField()).toBe('Email');
  });
});

describe('finding', () => {
  it('counts', async () => {
    const { body: answer } = await parsed(contacts.recordCount(), sdk.Record.CountWrapper);
    expect(Number(answer.getCount())).toBe(6);
  });

  it('searches by e-mail and by criteria', async () => {
    const { SearchRecordsParam } = sdk.Record;
    const fields = [SearchRecordsParam.FIELDS, 'Last_Name'] as const;
    const byMail = await parameters([SearchRecordsParam.EMAIL, 'person1@example.com'], fields);
    const one = await parsed(contacts.searchRecords(byMail), sdk.Record.ResponseWrapper);
    expect(one.body.getData().map((each) => each.getId())).toEqual([second]);
    const criteria = '(Title:equals:Valued)';
    const byTitle = await parameters([SearchRecordsParam.CRITERIA, criteria], fields);
    const many = await parsed(contacts.searchRecords(byTitle), sdk.Record.ResponseWrapper);
    expect(many.body.getData().map((each) => each.getId())).toEqual([second]);
  });

  it('asks by COQL, one hop into a lookup', async () => {
    const request = new sdk.Coql.BodyWrapper();
    request.setSelectQuery(
      "select id, Last_Name, Account_Name.Account_Name from Contacts where (Last_Name like 'Person%' and Email is not null) order by id asc limit 3",
    );
    const { body: answer } = await parsed(
      new sdk.Coql.CoqlOperations().getRecords(request),
      sdk.Coql.ResponseWrapper,
    );
    expect(answer.getData().map((each) => each.getId())).toEqual([first, second, third]);
    expect(answer.getData()[0]?.getKeyValue('Last_Name')).toBe('Person 0');
    expect(answer.getInfo().getCount()).toBe(3);
    expect(answer.getInfo().getMoreRecords()).toBe(true);
  });

  it('refuses a COQL query without where', async () => {
    const request = new sdk.Coql.BodyWrapper();
    request.setSelectQuery('select id from Contacts');
    const { body: refused } = await parsed(
      new sdk.Coql.CoqlOperations().getRecords(request),
      sdk.Coql.APIException,
    );
    expect(refused.getCode().getValue()).toBe('SYNTAX_ERROR');
    expect(refused.getDetails().get('clause')).toBe('where');
  });
});

describe('a record that goes', () => {
  it('is listed among the deleted', async () => {
    const [gone = 0n] = await insert(recordOf({ Last_Name: 'Gone' }));
    const ids = await parameters([sdk.Record.DeleteRecordsParam.IDS, String(gone)]);
    const { body: answer } = await parsed(contacts.deleteRecords(ids), sdk.Record.ActionWrapper);
    const success = firstOf(answer.getData(), sdk.Record.SuccessResponse);
    expect(idIn(success)).toBe(gone);
    const deleted = await parsed(contacts.getDeletedRecords(), sdk.Record.DeletedRecordsWrapper);
    const [tombstone] = deleted.body.getData();
    expect(tombstone?.getId()).toBe(gone);
    expect(tombstone?.getDisplayName()).toBe('Gone');
    expect(tombstone?.getType()).toBe('recycle');
    expect(tombstone?.getDeletedBy().getName()).toBe('Assay Integration');
    expect(tombstone?.getDeletedTime()).toBeInstanceOf(Date);
    expect(deleted.body.getInfo().getMoreRecords()).toBe(false);
  });

  it('into another one by a merge leaves no pointer, but its deals', async () => {
    const deal = recordOf({
      Deal_Name: 'Order',
      Stage: new sdk.Choice('Closed Won'),
      Amount: 12.5,
      Contact_Name: recordOf({}, second),
    });
    const deals = new sdk.Record.RecordOperations('Deals');
    const made = await parsed(deals.createRecords(quietBody(deal)), sdk.Record.ActionWrapper);
    const success = firstOf(made.body.getData(), sdk.Record.SuccessResponse);
    const child = new sdk.FindAndMerge.MergeData();
    child.setId(second);
    const merge = new sdk.FindAndMerge.Merge();
    merge.setData([child]);
    const request = new sdk.FindAndMerge.BodyWrapper();
    request.setMerge([merge]);
    const { body: answer } = await parsed(
      new sdk.FindAndMerge.FindAndMergeOperations('Contacts', first).mergeRecords(request),
      sdk.FindAndMerge.ActionWrapper,
    );
    firstOf(answer.getMerge(), sdk.FindAndMerge.SuccessResponse);
    const id = idIn(success);
    const { body: after } = await parsed(deals.getRecord(id), sdk.Record.ResponseWrapper);
    expect(after.getData()[0]?.getKeyValue('Contact_Name').getId()).toBe(first);
    expect(after.getData()[0]?.getKeyValue('Amount')).toBe(12.5);
    await parsed(contacts.getRecord(second), sdk.Record.APIException);
  });
});

provesItsClaims('records', sandbox);
