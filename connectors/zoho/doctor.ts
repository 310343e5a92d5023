import type { Finding } from '../../src/connector/account.ts';
import type { ProvisionRequest } from '../../src/connector/provision.ts';
import { AssayError } from '../../src/domain/assay-error.ts';
import { doctorAccess, doctorProfile } from './doctor-access.ts';
import { ok } from './finding.ts';
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
    ['lists', () => checkLists(session, keeper, request, signal)],
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

async function checkLists(
  { settings }: Session,
  keeper: ListKeeper,
  { knownLists, lists }: ProvisionRequest,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  if (!keeper.capabilities.staticLists)
    return [
      ok(
        'lists',
        `${lists.length} stand in our fields; \`assay provision\` tells how to make their views`,
      ),
    ];
  const states = await keeper.readLists(knownLists, signal);
  const gone = new Set(states.filter(({ size }) => size === null).map(({ key }) => key));
  const known = knownLists.filter(({ key }) => gone.has(key));
  if (known.length === 0)
    return [ok('lists', `${knownLists.length} of ours are there (${settings.lists})`)];
  return known.map(({ name, crmId }) => ({
    check: 'lists',
    status: 'problem',
    message: `LIST_DELETED: somebody deleted the list “${name}” (${crmId})`,
    todo: 'Restore it in Zoho, or run `assay provision --rebuild-lists`.',
  }));
}
