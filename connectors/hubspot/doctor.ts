import type { Account, Finding } from '../../src/connector/account.ts';
import type { ProvisionRequest } from '../../src/connector/provision.ts';
import { AssayError } from '../../src/domain/assay-error.ts';
import type { KnownList, ListSpec } from '../../src/domain/list.ts';
import { type Portal, readDailyUsage } from './account.ts';
import { doctorFields } from './doctor-fields.ts';
import { doctorScopes } from './doctor-scopes.ts';
import { fetchLists } from './lists.ts';
import { readStages, type Stage, statusOfStage } from './pipelines.ts';
import { countRecords } from './search.ts';
import type { Session } from './session.ts';

type Check = readonly [name: string, run: () => Promise<readonly Finding[]>];

/** Looks at everything that a run relies on; a check that fails is a finding, not the end. */
export async function doctor(
  session: Session,
  portal: Portal,
  request: ProvisionRequest,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const token = await tried(['token', () => checkAccount(session, portal, signal)], signal);
  // Without a portal that answers, nothing else can be looked at.
  if (token.some(({ status }) => status === 'problem')) return token;
  const checks: readonly Check[] = [
    ['scopes', () => doctorScopes(session, signal)],
    ['fields', () => doctorFields(session, request.fields, signal)],
    ['lists', () => checkLists(session, request, signal)],
    ['stages', async () => [wonStages(await readStages(session, signal))]],
    ['deals', () => checkDeals(session, signal)],
  ];
  const findings: Finding[] = [...token];
  for (const check of checks) findings.push(...(await tried(check, signal)));
  return findings;
}

async function tried([check, run]: Check, signal: AbortSignal): Promise<readonly Finding[]> {
  try {
    return await run();
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof AssayError)) throw error;
    const message = `${error.code}: ${error.message}`;
    return [{ check, status: 'problem', message, todo: error.todo }];
  }
}

async function checkAccount(
  session: Session,
  portal: Portal,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const account = await portal.account(signal);
  return [
    ok('token', `HubSpot accepts it, portal ${account.id}`),
    await quotaFinding(session, account, signal),
    ok('currency', `home amounts are in ${account.currency}`),
    ok('time zone', account.timeZone),
  ];
}

async function quotaFinding(
  session: Session,
  { plan, quota }: Account,
  signal: AbortSignal,
): Promise<Finding> {
  const { limit, used } = quota.limit === null ? await usageOf(session, signal) : quota;
  const { calls, intervalMs } = session.rates.general.limit;
  const rate = `plan ${plan ?? 'unknown'}, ${calls} calls in ${intervalMs / 1_000} s of which we use ${session.rates.general.cap}`;
  if (limit === null) return ok('quota', `${rate}; HubSpot names no daily limit`);
  const today = `${used ?? 'an unknown number'} of ${limit} calls used today by all apps`;
  const ours = `our share ${quota.ours.budget ?? 'not set'}, ${quota.ours.used} used`;
  const message = `${rate}; ${today}; ${ours}`;
  if (used === null || used < limit * 0.9) return ok('quota', message);
  return {
    ...{ check: 'quota', status: 'warning', message },
    todo: 'Run after midnight (account time), or look which app uses the account’s calls.',
  };
}

async function usageOf(session: Session, signal: AbortSignal) {
  return (await readDailyUsage(session, signal)) ?? { limit: null, used: null };
}

async function checkLists(
  session: Session,
  { knownLists, lists }: ProvisionRequest,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const ids = knownLists.map(({ crmId }) => crmId);
  const live = await fetchLists(session, ids, signal);
  const liveIds = new Set(live.map(({ listId }) => listId));
  const gone = knownLists.filter(({ crmId }) => !liveIds.has(crmId));
  const known = new Set(knownLists.map(({ key }) => key));
  const missing = lists.filter(({ key }) => !known.has(key));
  if (gone.length + missing.length === 0)
    return [ok('lists', `${knownLists.length} of ours are there`)];
  return [...gone.map(listDeleted), ...missing.map(listMissing)];
}

function listDeleted({ name, crmId }: KnownList): Finding {
  return {
    check: 'lists',
    status: 'problem',
    message: `LIST_DELETED: somebody deleted the list “${name}” (${crmId})`,
    todo: 'Restore it in HubSpot, or run `assay provision --rebuild-lists`.',
  };
}

/** Runs go on without it, and nobody would see why it is empty, or not kept. */
function listMissing({ name }: ListSpec): Finding {
  return {
    check: 'lists',
    status: 'warning',
    message: `the list “${name}” is not made yet: nobody is put on it`,
    todo: 'Run `assay provision`.',
  };
}

function wonStages(stages: readonly Stage[]): Finding {
  const won = stages.filter((stage) => statusOfStage(stage) === 'won');
  const names = won.map(({ pipeline, label }) => `${pipeline}: ${label}`).join('; ');
  if (won.length > 0) return ok('stages', `a deal counts as won in ${names}`);
  return {
    check: 'stages',
    status: 'problem',
    message: 'no deal stage is closed with a probability of 100 %, so no deal can be won',
    todo: 'Give the stage of won deals the probability “Won” in HubSpot (Settings, Deals, Pipelines).',
  };
}

async function checkDeals(session: Session, signal: AbortSignal): Promise<readonly Finding[]> {
  const { singular } = session.customers;
  const won = { propertyName: 'hs_is_closed_won', operator: 'EQ', value: 'true' };
  const alone = { propertyName: `associations.${singular}`, operator: 'NOT_HAS_PROPERTY' };
  const all = await countRecords(session, 'deals', [won], signal);
  const count = await countOrNull(session, [won, alone], signal);
  if (count === null)
    return [ok('deals', `${all} won deals; those without a ${singular} show in a run's report`)];
  if (count === 0) return [ok('deals', `${all} won deals, each with a ${singular}`)];
  return [
    {
      check: 'deals',
      status: 'warning',
      message: `${count} of ${all} won deals have no ${singular}: nobody gets their amounts`,
      todo: `Associate them with a ${singular} in HubSpot, or score the other subject.`,
    },
  ];
}

// Not every portal lets search look for missing associations.
async function countOrNull(
  session: Session,
  filters: Parameters<typeof countRecords>[2],
  signal: AbortSignal,
): Promise<number | null> {
  try {
    return await countRecords(session, 'deals', filters, signal);
  } catch (error) {
    if (error instanceof AssayError && error.disposition === 'reject') return null;
    throw error;
  }
}

function ok(check: string, message: string): Finding {
  return { check, status: 'ok', message };
}
