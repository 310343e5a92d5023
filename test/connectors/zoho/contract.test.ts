import { describeConnector } from '../../contract/connector.contract.ts';
import { startOrg } from './org-under-test.ts';

describeConnector('zoho', { staticLists: false, tracesMerges: false }, startOrg);
