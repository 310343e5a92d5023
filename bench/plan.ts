import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { hubspotBench } from './calls/hubspot-tenant.ts';
import { startPostgres } from './calls/postgres.ts';
import { days } from './calls/tenant.ts';
import { openProcesses } from './plan/processes.ts';

/**
 * A base that was pulled and scored is planned for the first time; the plan is shown whole as JSON and
 * as a page, approved and written; then the base is planned again, where nothing changed. Store on a
 * Postgres server, each step in a process of its own. Prints one JSON document: `peakRssMb` is the most
 * memory of any step from the first plan to the second; `unchangedPlanMs` is the plan stage of the next
 * run, and `comparedAgainMs` compares every customer once more, as `assay plan` does.
 */
const { values } = parseArgs({ options: { customers: { type: 'string', default: '100000' } } });
const contacts = Number(values.customers);

const postgres = await startPostgres();
const tenant = await hubspotBench.open(
  { contacts, deals: contacts * 3, seed: 1 },
  { kind: 'free' },
);
const { assay, plan, folder, close } = await openProcesses(tenant, postgres.url);
try {
  await assay('provision');
  await assay('pull');
  await assay('score', '--as-of', days.first);
  const first = await plan('--as-of', days.first, '--everybody');
  const whole = ['--changes', String(first.changes)];
  const json = await assay('plans', first.id, '--json');
  const html = await assay('plans', first.id, '--html', join(folder, 'plan.html'), ...whole);
  const text = await assay('plans', first.id, ...whole);
  const approved = await assay('approve', first.id, '--why', 'measured');
  const applied = await assay('apply', first.id);
  const nextRun = await plan('--as-of', days.first);
  const again = await plan('--as-of', days.first, '--everybody');
  const steps = { plan: first, json, html, text, approve: approved, apply: applied, again };
  const peaks = Object.entries(steps).map(([name, { peakRssMb }]) => [name, peakRssMb] as const);
  const document = {
    changes: first.changes,
    firstPlanMs: first.ms,
    unchangedPlanMs: nextRun.ms,
    ratio: Math.round((nextRun.ms / first.ms) * 1_000) / 1_000,
    peakRssMb: Math.max(...peaks.map(([, peak]) => peak)),
    unchangedChanges: nextRun.changes,
    comparedAgainMs: again.ms,
    comparedAgainChanges: again.changes,
    jsonMb: json.printedMb,
    applyMs: applied.ms,
    peaksMb: Object.fromEntries(peaks),
  };
  process.stdout.write(`${JSON.stringify(document)}\n`);
} finally {
  await close();
  await tenant.close();
  await postgres.stop();
}
