import type {
  ApplyReport,
  IdentityReport,
  PullReport,
  RunReport,
  ScoreReport,
} from '../../run/report.ts';
import type { BaseQualityReport } from '../../score/quality/base-quality.ts';
import { renderErrorLines } from './error-lines.ts';
import { count, counted, share } from './figures.ts';
import { indent, table } from './table.ts';

/** A run's report; the plan is shown apart. */
export function renderRunReport(report: RunReport): string {
  const head = `Run ${report.runId} of ${report.connection} (${report.crm}), as of ${report.asOf}: ${outcomeText(report)}`;
  const rows = [
    ...(report.leftover === null ? [] : applyRows(report.leftover, 'left over')),
    ...(report.pull === null ? [] : pullRows(report.pull)),
    ...(report.score === null ? [] : scoreRows(report.score)),
    ...(report.plan === null
      ? []
      : [['plan', `${counted(report.plan.summary.changes, 'change')} (${report.plan.id})`]]),
    ...waitRows(report),
    ...(report.apply === null ? [] : applyRows(report.apply, 'apply')),
    ['calls', callText(report)],
  ];
  const parts = [
    head,
    indent(table(rows, ['left', 'left'])),
    report.apply === null ? '' : rejectionLines(report.apply),
    report.stopped === null ? '' : renderErrorLines(report.stopped),
  ];
  return parts.filter((text) => text !== '').join('\n');
}

function waitRows({ stale, waitingFor, refusedAs }: RunReport): readonly (readonly string[])[] {
  return [
    ...(stale === null ? [] : [['stale', stale.message]]),
    ...(waitingFor === null
      ? []
      : [['plan', `none is made while ${waitingFor} waits; see \`assay plans ${waitingFor}\``]]),
    ...(refusedAs === null ? [] : [['', `it would only repeat ${refusedAs}, which was rejected`]]),
  ];
}

function outcomeText({ outcome }: RunReport): string {
  const texts: Readonly<Record<RunReport['outcome'], string>> = {
    done: 'done',
    'done-with-rejections': 'done, some changes rejected',
    held: 'its plan waits for a word',
    checkpoint: 'ended at its checkpoint, the next run goes on from there',
    paused: 'paused',
    failed: 'failed',
  };
  return texts[outcome];
}

function pullRows(pull: PullReport): readonly (readonly string[])[] {
  const how = pull.resumed ? `${pull.mode}, resumed` : pull.mode;
  const problems = Object.entries(pull.counts.problems)
    .filter(([, deals]) => deals > 0)
    .map(([problem, deals]) => `${problem} ${count(deals)}`);
  return [
    ['pull', `${how}: ${pull.reason}`],
    [
      '',
      `${counted(pull.customersChanged, 'customer')} and ${counted(pull.dealsChanged, 'deal')} changed, ${count(pull.removed)} removed`,
    ],
    [
      '',
      `${counted(pull.counts.customers, 'customer')} and ${counted(pull.counts.wonDeals, 'won deal')} known`,
    ],
    ...(problems.length === 0 ? [] : [['', `won deals to look at: ${problems.join(', ')}`]]),
  ];
}

function scoreRows(score: ScoreReport): readonly (readonly string[])[] {
  const tiers = Object.entries(score.tiers).map(
    ([tier, customers]) => `${tier} ${count(customers)}`,
  );
  const problems = Object.entries(score.problems).map(
    ([problem, deals]) => `${problem} ${count(deals)}`,
  );
  return [
    ['score', `${counted(score.scored, 'customer')}: ${score.reason}`],
    ...(score.identity === null ? [] : identityTexts(score.identity).map((text) => ['', text])),
    ...(score.scope === 'base' ? [] : [['', dueText(score)]]),
    ...(score.optedOut === 0
      ? []
      : [['', `${counted(score.optedOut, 'customer')} left out at their wish, fields cleared`]]),
    ...scopeRows(score.outOfScope),
    ...(tiers.length === 0 ? [] : [['', tiers.join(', ')]]),
    ...(problems.length === 0 ? [] : [['', `deals not counted: ${problems.join(', ')}`]]),
    ...baseRows(score).map((text) => ['', text]),
  ];
}

function identityTexts(identity: IdentityReport): readonly string[] {
  const persons = Object.values(identity.joined).reduce((sum, each) => sum + each, 0);
  const found = [
    `${counted(persons, 'customer')} joined with ${identity.with.join(', ') || 'nobody yet'}`,
    counted(identity.conflicts, 'conflict'),
    counted(identity.duplicates, 'shared key'),
  ];
  const waiting = identity.waitingFor.map(
    (name) => `! ${name} was never pulled to an end: its orders do not count yet`,
  );
  return [found.join(', '), ...waiting, ...identity.warnings.map((warning) => `! ${warning}`)];
}

function dueText({ due }: ScoreReport): string {
  return `${count(due.happened)} because something happened, ${count(due.byTime)} because their day had come`;
}

/** What was found of the whole base, briefly: `assay analyse` says more. */
function baseRows({ scope, keyAccounts, forecast, quality }: ScoreReport): readonly string[] {
  if (scope !== 'base') return [];
  return [
    ...(keyAccounts === null
      ? []
      : [
          `${counted(keyAccounts.customers, 'key account')} (${share(keyAccounts.shareOfCustomers)}) hold ${share(keyAccounts.shareOfNet)} of sales`,
        ]),
    ...(forecast === null ? [] : forecast.warnings.map(({ text }) => `! forecast: ${text}`)),
    ...(quality === null ? [] : qualityRows(quality)),
  ];
}

function qualityRows({ completeness, gate, unattributedShare }: BaseQualityReport) {
  const rows: string[] = [];
  if (gate.passed === false && completeness !== null)
    rows.push(`! data: only ${share(completeness)} of the required fields are filled`);
  if (unattributedShare !== null && unattributedShare > 0)
    rows.push(`${share(unattributedShare)} of won revenue reaches no customer`);
  return rows;
}

function applyRows(
  { receipts, resumed }: ApplyReport,
  name: string,
): readonly (readonly string[])[] {
  const { memberships } = receipts;
  return [
    [name, `${resumed ? 'resumed: ' : ''}${receiptText(receipts)}`],
    ...(memberships.applied + memberships.rejected + memberships.open === 0
      ? []
      : [['lists', receiptText(memberships)]]),
  ];
}

function receiptText(
  receipts: Readonly<Record<'applied' | 'unchanged' | 'rejected' | 'open', number>>,
): string {
  const open = receipts.open === 0 ? '' : `, ${count(receipts.open)} left for the next run`;
  return `${count(receipts.applied)} applied, ${count(receipts.unchanged)} unchanged, ${count(receipts.rejected)} rejected${open}`;
}

function callText({ calls, quota }: RunReport): string {
  const made = `${counted(calls.total, 'call')} (${count(calls.read)} reading, ${count(calls.write)} writing)`;
  const refused = calls.tooMany === 0 ? '' : `, ${count(calls.tooMany)} refused as too many`;
  const spent = quota?.unit === 'credits' ? `, ${count(calls.spent)} credits` : '';
  if (quota === null || quota.limit === null || quota.limit === 0)
    return `${made}${refused}${spent}`;
  const part = share(calls.spent / quota.limit);
  return `${made}${refused}${spent}, ${part} of the account’s ${quota.unit} of the day`;
}

function rejectionLines({ receipts, rejections, warnings }: ApplyReport): string {
  const rows = rejections.map(({ customerId, code, message }) => [
    `✗ ${customerId}`,
    code,
    message,
  ]);
  const more = receipts.rejected - rejections.length;
  return [
    table(rows, ['left', 'left', 'left']),
    more > 0 ? `  and ${counted(more, 'rejection')} more` : '',
    ...warnings.map((warning) => `! ${warning}`),
  ]
    .filter((text) => text !== '')
    .join('\n');
}

function scopeRows({
  excluded,
  silent,
}: ScoreReport['outOfScope']): readonly (readonly string[])[] {
  if (excluded + silent === 0) return [];
  const why = [
    ...(excluded === 0 ? [] : [`${count(excluded)} excluded by the policy`]),
    ...(silent === 0 ? [] : [`${count(silent)} silent too long`]),
  ];
  return [
    [
      '',
      `${counted(excluded + silent, 'customer')} out of scope (${why.join(', ')}), fields cleared`,
    ],
  ];
}
