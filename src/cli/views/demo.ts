import type { DemoCrmRuns } from '../demo/demo-line.ts';
import type { DemoRun, ExplainedPick } from '../demo/run-demo.ts';
import { renderExplained } from './explanation.ts';
import { count, counted } from './figures.ts';
import { indent } from './table.ts';

export function renderWelcome(): string {
  return `Assay on a year of real orders: a UK gift retailer, December 2010 to December 2011
(UCI Online Retail; names, e-mails and due dates are invented). No account is needed.
`;
}

/** A customer with why it was picked. */
export function renderPick({ why, explained }: ExplainedPick): string {
  return `${why}\n${indent(renderExplained(explained))}`;
}

/** A first run in one line, and how it read and wrote. */
export function renderCost({ report, calls }: DemoRun): string {
  const changes = counted(report.plan?.summary.changes ?? 0, 'change');
  const credits = calls.credits === undefined ? '' : ` and ${count(calls.credits)} credits`;
  const routes = [report.pull?.reason, report.plan?.summary.cost.route].filter(
    (why) => why != null,
  );
  const made = `${changes} written; all of it took ${counted(calls.total, 'call')}${credits}`;
  return [made, ...routes.map((route) => `  ${route}`)].join('\n');
}

/** Whether the same orders gave the same scores in every CRM. */
export function renderHashes(all: readonly DemoCrmRuns[]): string {
  const hashes = all.map(({ crm, runs }) => [crm.title, runs.first.report.score?.hash] as const);
  const isSame = new Set(hashes.map(([, hash]) => hash)).size === 1;
  const titles = hashes.map(([title]) => title).join(' and ');
  if (isSame)
    return `The same orders, the same scores: ${titles} both give ${hashes[0]?.[1]?.slice(0, 16) ?? ''}…`;
  return `! The same orders gave other scores: ${hashes.map((pair) => pair.join(' ')).join(', ')}`;
}

/** What is left for a run right after a run. */
export function renderSecondRun({ report, calls }: DemoRun): string {
  const changes = counted(report.plan?.summary.changes ?? 0, 'change');
  const scored = counted(report.score?.scored ?? 0, 'customer');
  const credits = calls.credits === undefined ? '' : ` and ${count(calls.credits)} credits`;
  return `Run again right after: ${changes}, ${scored} rescored, ${counted(calls.total, 'call')}${credits}`;
}

/** Whether the sandbox ever had to say 429, and by which limit. */
export function renderRefusals(refusals: Readonly<Record<string, number>>): string {
  const told = Object.entries(refusals).map(([limit, calls]) => `${limit} ${calls}`);
  return told.length === 0
    ? 'Not one call was refused as too many.\n'
    : `! Calls refused as too many, by limit: ${told.join(', ')}\n`;
}

/** From here to a portal of one's own. */
export function renderNextSteps(): string {
  return `Next, on a HubSpot portal of yours:
  1. In HubSpot, Settings > Integrations, make a service key with the scopes
     crm.objects.contacts.read, crm.objects.contacts.write, crm.objects.deals.read,
     crm.schemas.contacts.read, crm.schemas.contacts.write, crm.lists.read, crm.lists.write.
  2. cp .env.example .env   and put the key behind HUBSPOT_TOKEN=
  3. npm run assay -- doctor      checks the connection, changes nothing
     npm run assay -- provision   creates fields and lists
     npm run assay -- run         reads, scores and writes
     npm run assay -- pull, score, plan and apply do the same in steps: only apply writes.
  For Zoho CRM see "Connect your Zoho CRM" in README.md.
  config/assay.yaml says what is connected, config/policy.yaml how it is scored.`;
}
