import { describeConnector } from '../../contract/connector.contract.ts';
import { startPortal } from './portal-under-test.ts';

describeConnector('HubSpot, contacts,', async () => await startPortal());

describeConnector('HubSpot, companies,', async () => {
  return await startPortal({ subject: 'company', companies: true, contacts: 400 });
});
