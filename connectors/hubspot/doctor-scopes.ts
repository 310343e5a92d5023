import type { Finding } from '../../src/connector/account.ts';
import { CallError } from '../../src/connector/http/call-error.ts';
import type { HubSpotCall } from './client.ts';
import type { Session } from './session.ts';
import { anything } from './wire.ts';

type Probe = {
  readonly scope: string;
  readonly needed: boolean;
  readonly call: Pick<HubSpotCall<unknown>, 'method' | 'path' | 'body' | 'query'>;
};

/**
 * What the token may do, found by doing it. A write is tried with nothing in it: refused for its
 * emptiness when the scope is there, for the scope when it is not.
 */
export async function doctorScopes(
  session: Session,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const probe of probesOf(session)) {
    const missing = await isMissing(session, probe, signal);
    findings.push(finding(probe, missing));
  }
  return findings;
}

function probesOf({ paths, customers }: Session): readonly Probe[] {
  const { type } = customers;
  const one = [['limit', '1']] as const;
  const nothing = { inputs: [] };
  const read = (of: string) => ({ method: 'GET', path: paths.objects(of), query: one }) as const;
  const post = (path: string) => ({ method: 'POST', path, body: nothing }) as const;
  return [
    { scope: `crm.objects.${type}.read`, needed: true, call: read(type) },
    { scope: 'crm.objects.deals.read', needed: true, call: read('deals') },
    {
      scope: `crm.objects.${type}.write`,
      needed: true,
      call: post(paths.batch(type, 'update')),
    },
    {
      scope: `crm.schemas.${type}.write`,
      needed: true,
      call: post(paths.propertyBatch(type, 'create')),
    },
    {
      scope: 'crm.lists.read',
      needed: true,
      call: { method: 'GET', path: paths.lists, query: [['listIds', '0']] },
    },
    {
      scope: 'settings.currencies.read',
      needed: false,
      call: { method: 'GET', path: paths.exchangeRates },
    },
  ];
}

async function isMissing(
  { client }: Session,
  { call }: Probe,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await client.send({ ...call, answer: anything, effect: 'read' }, signal);
    return false;
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    if (error.code === 'SCOPE_MISSING') return true;
    if (error.disposition === 'reject') return false;
    throw error;
  }
}

function finding({ scope, needed }: Probe, missing: boolean): Finding {
  if (!missing) return { check: 'scopes', status: 'ok', message: scope };
  return {
    check: 'scopes',
    status: needed ? 'problem' : 'warning',
    message: needed
      ? `the token lacks ${scope}`
      : `the token lacks ${scope}: foreign amounts without a home amount stay unknown`,
    todo: `Add the scope ${scope} to the key or app in HubSpot.`,
  };
}
