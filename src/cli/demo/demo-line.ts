import type { DemoCrm } from './demo-crm.ts';
import type { DemoRuns } from './run-demo.ts';

/** A CRM of the demo with its two runs. */
export type DemoCrmRuns = { readonly crm: DemoCrm; readonly runs: DemoRuns };

/** The demo's last line under `--json`: what was done in each CRM and what it cost, for a script to check. */
export function demoLine(all: readonly DemoCrmRuns[]) {
  return { crms: Object.fromEntries(all.map((one) => [one.crm.crm, crmLine(one)])) };
}

function crmLine({ crm, runs: { first, second } }: DemoCrmRuns) {
  const { report } = first;
  const changes = report.plan?.summary.changes ?? 0;
  const receipts = report.apply?.receipts;
  const { tooMany, ...calls } = first.calls;
  const { total, credits } = second.calls;
  return {
    customers: report.pull?.counts.customers ?? 0,
    deals: report.pull?.counts.deals ?? 0,
    tiers: report.score?.tiers ?? {},
    changes,
    receipts: {
      applied: receipts?.applied ?? 0,
      unchanged: receipts?.unchanged ?? 0,
      rejected: receipts?.rejected ?? 0,
    },
    calls,
    ...crm.floor(changes),
    second: {
      changes: second.report.plan?.summary.changes ?? 0,
      rescored: second.report.score?.scored ?? 0,
      calls: total,
      ...(credits === undefined ? {} : { credits }),
    },
    tooMany: tooMany + second.calls.tooMany,
    scoresHash: report.score?.hash ?? '',
  };
}
