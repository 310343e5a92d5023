import type { DemoPortal } from './demo-portal.ts';
import type { DemoRuns } from './run-demo.ts';

const recordsPerCall = 100;

/** The demo's last line under `--json`: what was done and what it cost, for a script to check. */
export function demoLine({ contacts, deals }: DemoPortal, { first, second }: DemoRuns) {
  const { report } = first;
  const changes = report.plan?.summary.changes ?? 0;
  const receipts = report.apply?.receipts;
  const { read, write, total } = first.calls;
  return {
    crms: {
      hubspot: {
        customers: report.pull?.counts.customers ?? 0,
        deals: report.pull?.counts.deals ?? 0,
        tiers: report.score?.tiers ?? {},
        changes,
        receipts: {
          applied: receipts?.applied ?? 0,
          unchanged: receipts?.unchanged ?? 0,
          rejected: receipts?.rejected ?? 0,
        },
        calls: { read, write, total },
        floorCalls: floor(contacts) + floor(deals) + floor(changes),
        second: {
          changes: second.report.plan?.summary.changes ?? 0,
          rescored: second.report.score?.scored ?? 0,
          calls: second.calls.total,
        },
        tooMany: first.calls.tooMany + second.calls.tooMany,
        scoresHash: report.score?.hash ?? '',
      },
    },
  };
}

/** The fewest calls that so many records take. */
function floor(records: number): number {
  return Math.ceil(records / recordsPerCall);
}
