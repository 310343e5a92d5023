import { parseArgs } from 'node:util';
import { callsWithLimits } from './calls/with-limits.ts';
import { callsWithoutLimits } from './calls/without-limits.ts';

/**
 * How many calls Assay makes beside the fewest possible, whether it stays inside the CRM's limits
 * while using what it may, and how much memory it takes. The portal counts; Assay runs as a process
 * of its own with a Postgres server as its store. Prints one JSON document.
 */
const { values } = parseArgs({
  options: {
    crm: { type: 'string', default: 'hubspot' },
    contacts: { type: 'string', default: '100000' },
    deals: { type: 'string', default: '300000' },
    /** Base of the part with limits and latency on; small, so that it ends. */
    'limited-contacts': { type: 'string', default: '20000' },
    'limited-deals': { type: 'string', default: '60000' },
    seed: { type: 'string', default: '1' },
  },
});

const seed = Number(values.seed);
const size = { contacts: Number(values.contacts), deals: Number(values.deals), seed };
const smaller = {
  contacts: Number(values['limited-contacts']),
  deals: Number(values['limited-deals']),
  seed,
};

const free = await callsWithoutLimits(size);
const limits = await callsWithLimits(smaller);
const { contacts, deals } = size;
process.stdout.write(`${JSON.stringify({ contacts, deals, ...free, limits })}\n`);
