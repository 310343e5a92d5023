import { parseArgs } from 'node:util';
import { hubspotBench } from './calls/hubspot-tenant.ts';
import type { BenchCrm } from './calls/tenant.ts';
import { callsWithLimits } from './calls/with-limits.ts';
import { callsWithoutLimits } from './calls/without-limits.ts';
import { zohoBench } from './calls/zoho-tenant.ts';

/**
 * How many calls (and credits) Assay takes beside the fewest possible, whether it stays inside the
 * CRM's limits while using what it may, and how much memory it needs. The sandbox counts; Assay runs
 * as a process of its own with a Postgres server as its store. Prints one JSON document.
 */
const { values } = parseArgs({
  options: {
    crm: { type: 'string', default: 'hubspot' },
    contacts: { type: 'string', default: '100000' },
    deals: { type: 'string', default: '300000' },
    /** Base of the part with limits and latency on; small, so that it ends. */
    'limited-contacts': { type: 'string' },
    'limited-deals': { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
});

const crms: Readonly<Record<string, BenchCrm>> = { hubspot: hubspotBench, zoho: zohoBench };
/** Zoho's is below the break-even of bulk jobs, so that calls are what there is to wait for. */
const limitedSizes: Readonly<Record<string, readonly [number, number]>> = {
  hubspot: [20_000, 60_000],
  zoho: [4_800, 14_400],
};

const crm = crms[values.crm];
if (crm === undefined)
  throw new RangeError(`--crm is one of ${Object.keys(crms).join(', ')}, not ${values.crm}`);
const [limitedContacts, limitedDeals] = limitedSizes[crm.name] ?? [20_000, 60_000];
const seed = Number(values.seed);
const size = { contacts: Number(values.contacts), deals: Number(values.deals), seed };
const smaller = {
  contacts: Number(values['limited-contacts'] ?? limitedContacts),
  deals: Number(values['limited-deals'] ?? limitedDeals),
  seed,
};

const free = await callsWithoutLimits(crm, size);
const limits = await callsWithLimits(crm, smaller);
const { contacts, deals } = size;
process.stdout.write(`${JSON.stringify({ crm: crm.name, contacts, deals, ...free, limits })}\n`);
