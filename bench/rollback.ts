import { parseArgs } from 'node:util';
import { z } from 'zod';
import { openAssay } from './calls/assay-process.ts';
import { hubspotBench } from './calls/hubspot-tenant.ts';
import { startPostgres } from './calls/postgres.ts';
import { type BenchCrm, type Cost, days } from './calls/tenant.ts';
import { zohoBench } from './calls/zoho-tenant.ts';

/**
 * What it costs to take a first run back: calls and quota as the sandbox counts them, the reads that
 * asked what the CRM holds, and memory. Prints one JSON document.
 */
const { values } = parseArgs({
  options: {
    crm: { type: 'string', default: 'hubspot' },
    contacts: { type: 'string', default: '10000' },
    deals: { type: 'string', default: '30000' },
    seed: { type: 'string', default: '1' },
  },
});

const crms: Readonly<Record<string, BenchCrm>> = { hubspot: hubspotBench, zoho: zohoBench };
const crm = crms[values.crm];
if (crm === undefined)
  throw new RangeError(`--crm is one of ${Object.keys(crms).join(', ')}, not ${values.crm}`);
const size = {
  ...{ contacts: Number(values.contacts), deals: Number(values.deals) },
  seed: Number(values.seed),
};

const rolledBack = z.looseObject({
  run: z.looseObject({
    outcome: z.string(),
    calls: z.looseObject({ read: z.number() }),
    plan: z.looseObject({ summary: z.looseObject({ changes: z.number() }) }),
  }),
});

const postgres = await startPostgres();
const tenant = await crm.open(size, { kind: 'free' });
try {
  const assay = await openAssay({ crm: crm.name, tenant, databaseUrl: postgres.url });
  await assay.provision();
  tenant.reset();
  const { report, peakRssMb } = await assay.run(days.first);
  const run = tenant.cost();
  tenant.reset();
  const back = await assay.rollback(report.runId);
  const spent = tenant.cost();
  const { run: undone } = rolledBack.parse(JSON.parse(back.stdout));
  const document = {
    ...{ crm: crm.name, contacts: size.contacts, changes: report.plan?.summary.changes ?? 0 },
    run: { ...spentOf(run), peakRssMb },
    rollback: {
      ...{ ...spentOf(spent), reads: undone.calls.read, peakRssMb: back.peakRssMb },
      changes: undone.plan.summary.changes,
    },
  };
  process.stdout.write(`${JSON.stringify(document)}\n`);
} finally {
  await tenant.close();
  await postgres.stop();
}

/** Where the CRM counts no credits, a call is what is spent. */
function spentOf({ calls, credits = calls }: Cost) {
  return { calls, spends: credits };
}
