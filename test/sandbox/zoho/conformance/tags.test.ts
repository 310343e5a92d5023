import * as sdk from '@zohocrm/typescript-sdk-8.0';
import { describe, expect, it } from 'vitest';
import { idIn, quietBody, recordOf } from './build.ts';
import { firstOf, parameters, parsed, provesItsClaims, startOfficial } from './official.ts';

const sandbox = await startOfficial({ orgOptions: { edition: 'standard' } });
const { org } = sandbox;
const tags = new sdk.Tags.TagsOperations();
const made = await parsed(
  new sdk.Record.RecordOperations('Contacts').createRecords(
    quietBody(recordOf({ Last_Name: 'One' }), recordOf({ Last_Name: 'Two' })),
  ),
  sdk.Record.ActionWrapper,
);
const [one = 0n, two = 0n] = made.body
  .getData()
  .map((each) => idIn(firstOf([each], sdk.Record.SuccessResponse)));

function newTag(name: string): sdk.Tags.Tag {
  const tag = new sdk.Tags.Tag();
  tag.setName(name);
  return tag;
}

function adding(ids: readonly bigint[], ...names: readonly string[]) {
  const request = new sdk.Tags.NewTagRequestWrapper();
  request.setIds([...ids]);
  request.setTags(names.map(newTag));
  request.setOverWrite(false);
  return request;
}

describe('tags', () => {
  it('are defined for a module', async () => {
    const request = new sdk.Tags.BodyWrapper();
    request.setTags([newTag('Champion'), newTag('x'.repeat(26))]);
    const contacts = await parameters([sdk.Tags.CreateTagsParam.MODULE, 'Contacts']);
    const { status, body } = await parsed(
      tags.createTags(request, contacts),
      sdk.Tags.ActionWrapper,
    );
    expect(status).toBe(207);
    const [good, bad] = body.getTags();
    const success = firstOf([good], sdk.Tags.SuccessResponse);
    expect(success.getDetails().get('name')).toBe('Champion');
    const refused = firstOf([bad], sdk.Tags.APIException);
    expect(refused.getDetails().get('maximum_length')).toBe(25);
  });

  it('are put on many records; unknown names are made up', async () => {
    const { status, body } = await parsed(
      tags.addTagsToMultipleRecords('Contacts', adding([one, two], 'Champion', 'VIP')),
      sdk.Tags.RecordActionWrapper,
    );
    expect(status).toBe(200);
    expect(body.getSuccessCount()).toBe('2');
    const success = firstOf(body.getData(), sdk.Tags.RecordSuccessResponse);
    expect(success.getDetails().get('tags')).toHaveLength(2);
    expect(org.tags.all('Contacts').map(({ name }) => name)).toEqual(['Champion', 'VIP']);
  });

  it('are read with the record, and counted over all', async () => {
    const { body } = await parsed(
      new sdk.Record.RecordOperations('Contacts').getRecord(one),
      sdk.Record.ResponseWrapper,
    );
    const shown = body.getData()[0]?.getTag() ?? [];
    expect(shown.map((tag) => tag.getName())).toEqual(['Champion', 'VIP']);
    const contacts = await parameters([sdk.Tags.GetTagsParam.MODULE, 'Contacts']);
    const listed = await parsed(tags.getTags(contacts), sdk.Tags.ResponseWrapper);
    expect(listed.body.getInfo().getAllowedCount()).toBe(20);
    const id = shown[0]?.getId() ?? 0n;
    const counted = await parsed(
      tags.getRecordCountForTag(id, contacts),
      sdk.Tags.CountResponseWrapper,
    );
    expect(counted.body.getCount()).toBe('2');
  });

  it('over the cap of a record are dropped, and the answer is a success all the same', async () => {
    const { status, body } = await parsed(
      tags.addTags('Contacts', one, adding([], 'a', 'b', 'c', 'd', 'e')),
      sdk.Tags.RecordActionWrapper,
    );
    expect(status).toBe(200);
    const success = firstOf(body.getData(), sdk.Tags.RecordSuccessResponse);
    expect(success.getDetails().get('tags')).toHaveLength(5);
    expect(success.getDetails().get('not_added_tags')).toHaveLength(2);
  });

  it('are taken off again', async () => {
    const tag = new sdk.Tags.ExistingTag();
    tag.setName('Champion');
    const request = new sdk.Tags.ExistingTagRequestWrapper();
    request.setIds([one, two]);
    request.setTags([tag]);
    const { body } = await parsed(
      tags.removeTagsFromMultipleRecords('Contacts', request),
      sdk.Tags.RecordActionWrapper,
    );
    expect(body.getSuccessCount()).toBe('2');
    const left = org.records.Contacts.get(String(two))?.tags.map((id) => org.tags.byId(id)?.name);
    expect(left).toEqual(['VIP']);
  });

  it('are renamed, and deleted', async () => {
    const id = BigInt(org.tags.byName('Contacts', 'VIP')?.id ?? 0);
    const request = new sdk.Tags.BodyWrapper();
    request.setTags([newTag('Best')]);
    const contacts = await parameters([sdk.Tags.UpdateTagParam.MODULE, 'Contacts']);
    const renamed = await parsed(tags.updateTag(id, request, contacts), sdk.Tags.ActionWrapper);
    const success = firstOf(renamed.body.getTags(), sdk.Tags.SuccessResponse);
    expect(success.getDetails().get('name')).toBe('Best');
    const gone = await parsed(tags.deleteTag(id), sdk.Tags.ActionWrapper);
    firstOf(gone.body.getTags(), sdk.Tags.SuccessResponse);
    expect(org.records.Contacts.get(String(two))?.tags).toEqual([]);
  });

  it('past the cap of the module are refused', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `Tag ${index}`);
    const { body } = await parsed(
      tags.addTagsToMultipleRecords('Contacts', adding([two], ...names)),
      sdk.Tags.APIException,
    );
    expect(body.getCode().getValue()).toBe('LICENSE_LIMIT_EXCEEDED');
  });
});

provesItsClaims('tags', sandbox);
