import { describeConnector } from '../../contract/connector.contract.ts';
import { startOrg } from './org-under-test.ts';

const guided = { staticLists: false, tracesMerges: false } as const;
const kept = { staticLists: true, tracesMerges: false } as const;
const company = { subject: 'company', contacts: 400 } as const;

describeConnector('Zoho, contacts,', guided, startOrg);

describeConnector('Zoho, contacts with tags,', kept, async () => {
  return await startOrg({ settings: { lists: 'tags' } });
});

describeConnector('Zoho, contacts in campaigns,', kept, async () => {
  return await startOrg({ settings: { lists: 'campaigns' } });
});

describeConnector('Zoho, companies,', guided, async () => await startOrg(company));

describeConnector('Zoho, companies with tags,', kept, async () => {
  return await startOrg({ ...company, settings: { lists: 'tags' } });
});

describeConnector('Zoho, contacts by their roles,', guided, async () => {
  return await startOrg({ settings: { dealContacts: 'roles' } });
});

describeConnector('Zoho, small pages and no bulk,', guided, async () => {
  return await startOrg({ settings: { coqlRows: 50, bulkRead: false, bulkWrite: false } });
});
