import type { Finding } from '../connector/account.ts';
import { decimalText } from '../domain/money.ts';
import { policyVersion } from '../policy/version.ts';
import type { RecordCounts } from '../store/record-store.ts';
import type { RunContext } from './context.ts';
import { draftNote } from './draft-note.ts';
import { identityFindings } from './identity-findings.ts';
import { overrideFindings } from './override-findings.ts';
import { today } from './overrides.ts';
import { provisionRequest } from './provision.ts';
import { reviewDue } from './review-due.ts';

/** The CRM's state as the connector finds it, then what the store says of the data. */
export async function doctorConnection(ctx: RunContext): Promise<readonly Finding[]> {
  const request = await provisionRequest(ctx, false);
  const found = await ctx.connector.doctor(request, ctx.signal);
  const account = await ctx.connector.account(ctx.signal);
  const counts = await ctx.store.records.counts(ctx.connection);
  return [
    ...found,
    ...(await stopFindings(ctx)),
    storeFinding(ctx.store.kind),
    policyFinding(ctx),
    ...dataFindings(counts, account.currency),
    ...(counts.customers === 0 ? [] : await namedFindings(ctx)),
    ...(await overrideFindings(ctx)),
    ...(await identityFindings(ctx, account)),
    ...(await reviewFindings(ctx)),
    ...(await runFindings(ctx)),
  ];
}

async function stopFindings({ store, connection }: RunContext): Promise<readonly Finding[]> {
  const stop = await store.stops.of(connection);
  if (stop === null) return [];
  const by = stop.plan === null ? '' : ` Rollback ${stop.plan} may be applied meanwhile.`;
  const message = `Stopped since ${stop.at} by ${stop.by}: ${stop.why}.${by}`;
  const todo = `Run "assay resume ${connection}" once what led to it is mended.`;
  return [{ check: 'stopped', status: 'warning', message, todo }];
}

function storeFinding(kind: RunContext['store']['kind']): Finding {
  if (kind === 'server') return { check: 'store', status: 'ok', message: 'A PostgreSQL server.' };
  return {
    check: 'store',
    status: 'warning',
    message: 'A folder, with PGlite: survives a killed process, but not a power cut.',
    todo: 'For production set DATABASE_URL to a PostgreSQL server.',
  };
}

function policyFinding({ policy, policyFrom }: RunContext): Finding {
  const check = 'policy';
  const version = policyVersion(policy);
  if (policyFrom.kind === 'file')
    return { check, status: 'ok', message: `The file, version ${version}; none is published.` };
  const message = `Release ${policyFrom.number}, version ${version}.`;
  const draft = draftNote(policyFrom);
  return draft === null
    ? { check, status: 'ok', message }
    : { check, status: 'warning', message: `${message} ${draft.message}`, todo: draft.todo };
}

function dataFindings(counts: RecordCounts, currency: string): readonly Finding[] {
  if (counts.customers + counts.deals === 0) {
    const message = 'Nothing is pulled yet.';
    return [
      { check: 'data', status: 'warning', message, todo: 'Run "assay pull" or "assay run".' },
    ];
  }
  return [
    {
      check: 'data',
      status: 'ok',
      message: `${counts.customers} customers, ${counts.deals} deals, ${counts.wonDeals} of them won.`,
    },
    attributionFinding(counts, currency),
    ...Object.entries(counts.problems).map(([problem, deals]) => problemFinding(problem, deals)),
  ];
}

function attributionFinding(counts: RecordCounts, currency: string): Finding {
  const share = counts.wonMinor === 0 ? 0 : counts.unattributedMinor / counts.wonMinor;
  const amount = decimalText({ minor: counts.unattributedMinor, currency });
  const message = `${amount} ${currency} of won revenue (${(share * 100).toFixed(1)} %) reaches no customer.`;
  if (share <= 0.05) return { check: 'attribution', status: 'ok', message };
  const todo = 'Associate won deals with their contacts in the CRM; the next run sees it.';
  return { check: 'attribution', status: 'warning', message, todo };
}

const problemTodo: Readonly<Record<string, string>> = {
  'amount-missing': 'Fill in the amount of these deals.',
  'amount-unreadable': 'Correct the amount of these deals: it is no number.',
  'currency-unknown': 'Give these deals a currency of the account.',
  'rate-unknown': 'Add the exchange rate of their currency to the account.',
  'date-missing': 'Give these deals a close date.',
  'date-in-future': 'Correct the close date, or wait for it.',
  'customer-missing': 'Associate these deals with a contact.',
  'order-conflict': 'Give these deals one amount and day in all CRMs; "assay identity" lists them.',
};

function problemFinding(problem: string, deals: number): Finding {
  return {
    check: `deals: ${problem}`,
    status: 'warning',
    message: `${deals} won ${deals === 1 ? 'deal' : 'deals'} cannot be counted in full.`,
    todo: problemTodo[problem] ?? 'See docs/runbook.md.',
  };
}

/** Whom the policy names by hand and the connection does not know: a misspelt name moves nobody. */
async function namedFindings({ connection, policy, store }: RunContext): Promise<Finding[]> {
  const known = await Promise.all(
    policy.named.map(async ({ customer }) => await store.records.find(connection, customer)),
  );
  return policy.named
    .filter((_, at) => known[at]?.length === 0)
    .map(({ customer }) => ({
      check: 'named',
      status: 'warning',
      message: `The policy names "${customer}", whom this connection does not know by record id, customer number or e-mail.`,
      todo: 'Correct it under `named` in the policy, or take it out.',
    }));
}

/** When the standard is to be looked at again; nothing where the config asks for no review. */
async function reviewFindings(ctx: RunContext): Promise<readonly Finding[]> {
  const last = await ctx.store.reviews.last(ctx.connection);
  const { every, on, isDue } = await reviewDue(ctx, last, await today(ctx));
  if (every === null || on === null) return [];
  const done = last === null ? 'None was done yet.' : `The last was done on ${last.on}.`;
  if (!isDue)
    return [{ check: 'review', status: 'ok', message: `Due on ${on}, ${every}. ${done}` }];
  const message = `The review of the standard is due since ${on}. ${done}`;
  const todo = 'Run "assay review", and "assay review --done --why <text>" once it is looked at.';
  return [{ check: 'review', status: 'warning', message, todo }];
}

async function runFindings(ctx: RunContext): Promise<readonly Finding[]> {
  const [last] = await ctx.store.runs.latest(ctx.connection, 1);
  if (last === undefined) return [];
  if (last.outcome === null) {
    const message = `Run ${last.id} of ${last.startedAt} has not ended: it is at work, or was cut short.`;
    const todo =
      'Nothing while it is at work; else run again: it goes on from the last checkpoint.';
    return [{ check: 'last run', status: 'warning', message, todo }];
  }
  const message = `Run ${last.id} ended ${last.endedAt ?? ''}: ${last.outcome}.`;
  if (last.outcome === 'done') return [{ check: 'last run', status: 'ok', message }];
  const todo = 'Run again; if it stays, look its code up in docs/runbook.md.';
  const status = last.outcome === 'failed' ? 'problem' : 'warning';
  return [{ check: 'last run', status, message, todo }];
}
