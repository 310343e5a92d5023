import { AssayError } from '../../src/domain/assay-error.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import { quiet } from './quiet.ts';
import { answersInOrder } from './row-answers.ts';
import { saysGone } from './says-gone.ts';
import type { Session } from './session.ts';
import { anything, recordPage, resultsOfData, type WireResult } from './wire.ts';
import { putCredits } from './write-costs.ts';

/** Members of one call (facts §6). */
export const membersPerCall = 100;
const pageSize = 200;
const path = '/crm/v8/Campaigns';

/** Names of those of these campaigns that are there: 1 credit a hundred. */
export async function readCampaigns(
  { client }: Session,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const { records } = await client.send(
    {
      ...{ method: 'GET', path, query: { ids: ids.join(','), fields: 'Campaign_Name' } },
      ...{ answer: recordPage, effect: 'read', credits: 1, pool: 'plain' },
    },
    signal,
  );
  const asked = records.filter(({ id }) => ids.includes(id));
  return new Map(asked.map((record) => [record.id, String(record['Campaign_Name'] ?? '')]));
}

/** The campaign of this name; `null` when the name is free. */
export async function findCampaign(
  { client }: Session,
  name: string,
  signal: AbortSignal,
): Promise<string | null> {
  const text = name.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
  const select_query = `select id from Campaigns where Campaign_Name = '${text}' limit 1`;
  const { records } = await client.send(
    {
      ...{ method: 'POST', path: '/crm/v8/coql', body: { select_query }, answer: recordPage },
      ...{ effect: 'read', credits: 1, pool: 'complex' },
    },
    signal,
  );
  return records[0]?.id ?? null;
}

/** Makes a campaign whose name was found free; after a lost answer it is looked for by that name. */
export async function createCampaign(
  session: Session,
  name: string,
  signal: AbortSignal,
): Promise<WireResult | { readonly id: string }> {
  try {
    const { data } = await session.client.send(
      {
        ...{ method: 'POST', path, body: { data: [{ Campaign_Name: name }], ...quiet } },
        ...{ answer: resultsOfData, effect: 'write', credits: 1, pool: 'plain' },
        ...{ repeatable: false, perRecord: true },
      },
      signal,
    );
    return data[0] ?? { code: '', status: 'error', message: 'no answer', details: {} };
  } catch (error) {
    if (!(error instanceof AssayError) || error.code !== 'WRITE_UNCERTAIN') throw error;
    const made = await findCampaign(session, name, signal);
    return made === null ? await createCampaign(session, name, signal) : { id: made };
  }
}

/** Whether there was still one. */
export async function deleteCampaign(
  { client }: Session,
  id: string,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await client.send(
      {
        ...{ method: 'DELETE', path: `${path}/${id}`, answer: anything },
        ...{ effect: 'write', credits: 1, pool: 'plain' },
      },
      signal,
    );
    return true;
  } catch (error) {
    if (saysGone(error)) return false;
    throw error;
  }
}

/** One page of a campaign's contacts, from 1 on: 1 credit for 200. */
export async function readMemberPage(
  { client }: Session,
  id: string,
  page: number,
  signal: AbortSignal,
): Promise<{ readonly ids: readonly RecordId[]; readonly hasMore: boolean }> {
  const query = { fields: 'id', per_page: String(pageSize), page: String(page) };
  const { records, hasMore } = await client.send(
    {
      ...{ method: 'GET', path: `${path}/${id}/Contacts`, query, answer: recordPage },
      ...{ effect: 'read', credits: 1, pool: 'plain' },
    },
    signal,
  );
  return { ids: records.map((record) => record.id), hasMore };
}

/** Links at most 100 contacts, or lets go of them; in order. */
export async function changeMembers(
  { client }: Session,
  id: string,
  action: 'add' | 'remove',
  ids: readonly RecordId[],
  signal: AbortSignal,
): Promise<readonly (WireResult | null)[]> {
  if (ids.length === 0) return [];
  const request =
    action === 'add'
      ? ({ method: 'PUT', body: { data: ids.map((each) => ({ id: each })), ...quiet } } as const)
      : ({ method: 'DELETE', query: { ids: ids.join(',') } } as const);
  const { data } = await client.send(
    {
      ...request,
      ...{ path: `${path}/${id}/Contacts`, answer: resultsOfData, effect: 'write' },
      ...{ credits: putCredits(ids.length), pool: 'plain', perRecord: true },
    },
    signal,
  );
  return answersInOrder(ids, data);
}
