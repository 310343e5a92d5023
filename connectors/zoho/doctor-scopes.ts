import type { Finding } from '../../src/connector/account.ts';
import { CallError } from '../../src/connector/http/call-error.ts';
import { needsExtras } from './deal-extras.ts';
import { ok, problem, warning } from './finding.ts';
import { scopesFor } from './scopes.ts';
import type { Session } from './session.ts';
import { anything } from './wire.ts';
import type { ZohoCall } from './zoho-call.ts';

type Probe = {
  /** What a run does with such a call. */
  readonly need: string;
  readonly call: Pick<ZohoCall<unknown>, 'method' | 'path' | 'body' | 'query' | 'host'>;
  /** What happens without it; a run cannot do without it where there is nothing here. */
  readonly otherwise?: string;
};

/**
 * What the token may do, found by doing it. A write is tried with nothing in it: refused for its
 * emptiness when the scope is there, for the scope when it is not. 1 credit each: bulk jobs, which
 * cost 50 and 500, are only asked about.
 */
export async function doctorScopes(
  session: Session,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const probe of await probesOf(session, signal))
    findings.push(await tryProbe(session, probe, signal));
  return findings;
}

async function probesOf(session: Session, signal: AbortSignal): Promise<readonly Probe[]> {
  const { hasCurrencies } = await session.org(signal);
  return [...readingProbes(session), ...writingProbes(session), ...settingProbes(hasCurrencies)];
}

function readingProbes(session: Session): readonly Probe[] {
  const { module, settings } = session;
  const one = { fields: 'id', per_page: '1' };
  const list = (of: string) => ({ method: 'GET', path: `/crm/v8/${of}`, query: one }) as const;
  const select_query = `select id from ${module} where id is not null limit 1`;
  const bulk: Probe = {
    need: 'first loads by bulk read',
    call: { method: 'GET', path: '/crm/bulk/v8/read/1' },
    otherwise: 'first loads are read by COQL, at three times the credits',
  };
  const extras: Probe = {
    need: 'contact roles or stage history of deals',
    call: {
      ...{ method: 'POST', path: '/crm/v8/__composite_requests' },
      body: { __composite_requests: [] },
    },
  };
  return [
    { need: `reading ${module}`, call: list(module) },
    { need: 'reading Deals', call: list('Deals') },
    {
      need: 'reading what changed',
      call: { method: 'POST', path: '/crm/v8/coql', body: { select_query } },
    },
    ...(settings.bulkRead ? [bulk] : []),
    ...(needsExtras(session) ? [extras] : []),
  ];
}

function writingProbes({ module, settings }: Session): readonly Probe[] {
  const nothing = { data: [], trigger: [] };
  const put: Probe = {
    need: `writing ${module}`,
    call: { method: 'PUT', path: `/crm/v8/${module}`, body: nothing },
  };
  const bulk = { otherwise: 'large writes go by PUT, at up to five times the credits' };
  const jobs: readonly Probe[] = [
    {
      ...{ need: 'large writes by bulk write', ...bulk },
      call: { method: 'GET', path: '/crm/bulk/v8/write/1' },
    },
    {
      ...{ need: 'uploads for bulk write', ...bulk },
      call: { method: 'POST', path: '/crm/v8/upload', body: new FormData(), host: 'content' },
    },
  ];
  return [put, ...(settings.bulkWrite ? jobs : []), ...listProbes(settings.lists, module)];
}

function listProbes(lists: Session['settings']['lists'], module: string): readonly Probe[] {
  const need = `lists as ${lists}`;
  switch (lists) {
    case 'tags':
      return [
        {
          need,
          call: {
            ...{ method: 'POST', path: `/crm/v8/${module}/actions/add_tags` },
            body: { tags: [], ids: [], over_write: false },
          },
        },
        { need, call: { method: 'GET', path: '/crm/v8/settings/tags', query: { module } } },
      ];
    case 'campaigns':
      return [
        {
          need,
          call: {
            ...{ method: 'GET', path: '/crm/v8/Campaigns' },
            query: { fields: 'id', per_page: '1' },
          },
        },
        { need, call: { method: 'POST', path: '/crm/v8/Campaigns', body: { data: [] } } },
      ];
    default:
      return [];
  }
}

function settingProbes(hasCurrencies: boolean): readonly Probe[] {
  const setting = (name: string, query = {}) =>
    ({ method: 'GET', path: `/crm/v8/settings/${name}`, query }) as const;
  const rates: Probe = {
    need: 'rates of deals that keep none of their own',
    call: { method: 'GET', path: '/crm/v8/org/currencies' },
    otherwise: 'foreign amounts without a rate of their own stay unknown',
  };
  return [
    { need: 'our fields', call: setting('fields', { module: 'Deals' }) },
    {
      need: 'making our fields',
      call: {
        ...{ method: 'POST', path: '/crm/v8/settings/fields', query: { module: 'Deals' } },
        body: { fields: [] },
      },
      otherwise: '`assay provision` cannot make fields',
    },
    { need: 'won stages', call: setting('layouts', { module: 'Deals' }) },
    { need: 'won stages', call: setting('pipeline', { layout_id: '1' }) },
    {
      need: 'how many custom fields are left',
      call: { method: 'GET', path: '/crm/v8/__features', query: { module: 'Deals' } },
      otherwise: 'provisioning finds it out by being refused',
    },
    ...(hasCurrencies ? [rates] : []),
  ];
}

async function tryProbe(
  { client }: Session,
  { need, call, otherwise }: Probe,
  signal: AbortSignal,
): Promise<Finding> {
  const scopes = scopesFor(`${call.method} ${call.path}`).join(' and ');
  try {
    await client.send(
      { ...call, answer: anything, effect: 'read', credits: 1, pool: 'complex' },
      signal,
    );
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    const isClosed = error.code === 'SCOPE_MISSING' || error.code === 'ACCESS_DENIED';
    if (!isClosed && error.disposition !== 'reject') throw error;
    if (isClosed) return closed(need, error, otherwise);
  }
  return ok('scopes', `${scopes}, for ${need}`);
}

function closed(need: string, { message, todo }: CallError, otherwise?: string): Finding {
  if (otherwise === undefined) return problem('scopes', `${need}: ${message}`, todo);
  return warning('scopes', `${need}: ${message}; ${otherwise}`, todo);
}
