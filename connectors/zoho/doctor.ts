import type { Finding } from '../../src/connector/account.ts';
import type { ProvisionRequest } from '../../src/connector/provision.ts';
import { AssayError } from '../../src/domain/assay-error.ts';
import { doctorAccess, doctorProfile } from './doctor-access.ts';
import { doctorCurrency } from './doctor-currency.ts';
import { doctorDeals } from './doctor-deals.ts';
import { doctorFields } from './doctor-fields.ts';
import { doctorInputs } from './doctor-inputs.ts';
import { doctorLists } from './doctor-lists.ts';
import { doctorScopes } from './doctor-scopes.ts';
import type { ListKeeper } from './list-keeper.ts';
import type { Session } from './session.ts';

type Check = readonly [name: string, run: () => Promise<readonly Finding[]>];

/** Looks at everything that a run relies on; a check that fails is a finding, not the end. */
export async function doctor(
  session: Session,
  keeper: ListKeeper,
  request: ProvisionRequest,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const access = await tried(['token', () => doctorAccess(session, signal)], signal);
  // Without an org that answers, nothing else can be looked at.
  if (access.some(({ check, status }) => check === 'token' && status === 'problem')) return access;
  const findings: Finding[] = [...access];
  for (const check of checksOf(session, keeper, request, signal))
    findings.push(...(await tried(check, signal)));
  return findings;
}

function checksOf(
  session: Session,
  keeper: ListKeeper,
  request: ProvisionRequest,
  signal: AbortSignal,
): readonly Check[] {
  return [
    ['profile', () => doctorProfile(session, signal)],
    ['scopes', () => doctorScopes(session, signal)],
    ['inputs', () => doctorInputs(session, signal)],
    ['fields', () => doctorFields(session, request.fields, signal)],
    ['lists', () => doctorLists(session, keeper, request, signal)],
    ['stages', () => doctorDeals(session, signal)],
    ['exchange rates', () => doctorCurrency(session, signal)],
  ];
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
