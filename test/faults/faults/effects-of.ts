import { faultEffect as hubspotFault } from '../../../sandbox/hubspot/fault-effect.ts';
import { faultEffect as zohoFault } from '../../../sandbox/zoho/fault-effect.ts';
import { type Effect, everyEffect } from './effects.ts';
import type { TenantName } from './ground.ts';
import { tooSlowMs } from './tenant.ts';

/** Answers that are no lie about a record: 404 and 409 would be believed, as they have to be. */
const samples = {
  'reply.status': [400, 403, 429, 503],
  // What is done and then refused, the other kinds stand for.
  'reply.when': ['before'],
  'reply.body': [{}],
  'reply.headers': [undefined],
  'slow.ms': [tooSlowMs],
  /** The eighth contact of every HubSpot portal made of the same data. */
  'poison.recordId': ['a customer'],
} as const;

const schemas = { hubspot: hubspotFault, zoho: zohoFault, 'zoho-bulk': zohoFault } as const;

/** Every fault that can be made to happen in a CRM. */
export function effectsOf(name: TenantName): readonly Effect[] {
  return everyEffect(schemas[name], samples);
}
