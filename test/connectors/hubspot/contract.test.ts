import { describeConnector } from '../../contract/connector.contract.ts';
import { startPortal } from './portal-under-test.ts';

const traits = { staticLists: true, tracesMerges: true } as const;

describeConnector('HubSpot, contacts,', traits, async () => await startPortal());

describeConnector('HubSpot, companies,', traits, async () => {
  return await startPortal({ subject: 'company', companies: true, contacts: 400 });
});
