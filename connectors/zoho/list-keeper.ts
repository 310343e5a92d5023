import type { Capabilities } from '../../src/connector/capabilities.ts';
import type { Connector } from '../../src/connector/connector.ts';
import type { ProvisionReport, ProvisionRequest } from '../../src/connector/provision.ts';
import type { KnownList } from '../../src/domain/list.ts';

/** What a setting of `lists` makes of lists. */
export type ListKeeper = Pick<Connector, 'readLists' | 'readMembers' | 'applyMemberships'> & {
  readonly capabilities: Pick<
    Capabilities,
    'staticLists' | 'membershipsPerCall' | 'membershipCallSpends'
  >;
  /** Makes what was never made, reports what a person deleted. */
  readonly provision: (request: ProvisionRequest, signal: AbortSignal) => Promise<ProvisionReport>;
  /** Whether there was still something to take away. */
  readonly remove: (list: KnownList, signal: AbortSignal) => Promise<boolean>;
};
