import * as sdk from '@zohocrm/typescript-sdk-8.0';
import { describe, expect, it } from 'vitest';
import { parameters, parsed, provesItsClaims, startOfficial } from './official.ts';

const sandbox = await startOfficial({}, true);
const contacts = new sdk.Record.RecordOperations('Contacts');
const deals = new sdk.Record.RecordOperations('Deals');
const org = new sdk.Org.OrgOperations();

const count = (endpoint: string) =>
  sandbox.calls.all().filter((call) => call.endpoint === endpoint).length;

describe('the SDK', () => {
  it('refreshes the fields of every module by itself, once', async () => {
    const fields = await parameters([sdk.Record.GetRecordsParam.FIELDS, 'Last_Name']);
    for (const records of [contacts, contacts, deals])
      expect((await records.getRecords(fields)).getStatusCode()).toBe(204);
    expect(count('GET /crm/v8/settings/modules')).toBe(1);
    expect(count('GET /crm/v8/settings/fields')).toBe(5);
  });

  it('stays on this machine: the address that came with the token is the sandbox’s', async () => {
    const initializer = await sdk.Initializer.getInitializer();
    expect(initializer?.getEnvironment().getUrl()).toBe(sandbox.url);
  });

  it('does not refresh a token that the server has ended', async () => {
    sandbox.faults.add([{ effect: { kind: 'expireToken' }, times: 1, probability: 1, match: {} }]);
    const { status, body } = await parsed(org.getOrganization(), sdk.Org.APIException);
    expect([status, body.getCode().getValue()]).toEqual([401, 'INVALID_TOKEN']);
    expect(body.getMessage().getValue()).toBe('invalid oauth token');
    expect(count('POST /oauth/v2/token')).toBe(1);
  });
});

provesItsClaims('session', sandbox);
