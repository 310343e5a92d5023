import { z } from 'zod';
import type { RecordId } from '../../src/domain/ids.ts';
import { answersInOrder } from './row-answers.ts';
import { saysGone } from './says-gone.ts';
import type { Session } from './session.ts';
import { anything, idText, resultsOfData, type WireResult, wireResult } from './wire.ts';

/** Ids of one call (facts §1), and how many of them one credit pays. */
export const idsPerTagCall = 500;
const idsPerCredit = 50;

const wireTag = z.looseObject({ id: idText, name: z.string() });
export type WireTag = z.output<typeof wireTag>;
const tagList = z.object({ tags: z.array(wireTag) }).optional();
const madeTags = z.object({ tags: z.array(wireResult) });
const countAnswer = z.object({ count: z.union([z.string(), z.number()]).transform(Number) });

/** The module's tags, ours and all others: 1 credit. */
export async function readTags(
  { client, module }: Session,
  signal: AbortSignal,
): Promise<readonly WireTag[]> {
  const answer = await client.send(
    {
      ...{ method: 'GET', path: '/crm/v8/settings/tags', query: { module }, answer: tagList },
      ...{ effect: 'read', credits: 1, pool: 'plain' },
    },
    signal,
  );
  return answer?.tags ?? [];
}

export async function createTag(
  { client, module }: Session,
  name: string,
  signal: AbortSignal,
): Promise<WireResult | null> {
  const { tags } = await client.send(
    {
      ...{ method: 'POST', path: '/crm/v8/settings/tags', query: { module } },
      ...{ body: { tags: [{ name }] }, answer: madeTags, perRecord: true },
      // Names are unique: a second attempt is refused, it never makes a second tag.
      ...{ effect: 'write', credits: 1, pool: 'plain' },
    },
    signal,
  );
  return tags[0] ?? null;
}

/** Whether there was still one. */
export async function deleteTag(
  { client, module }: Session,
  id: string,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await client.send(
      {
        ...{ method: 'DELETE', path: `/crm/v8/settings/tags/${id}`, query: { module } },
        ...{ answer: anything, effect: 'write', credits: 1, pool: 'plain' },
      },
      signal,
    );
    return true;
  } catch (error) {
    if (saysGone(error)) return false;
    throw error;
  }
}

/** Records that carry a tag; `null` when it is gone. */
export async function countTagged(
  { client, module }: Session,
  id: string,
  signal: AbortSignal,
): Promise<number | null> {
  const path = `/crm/v8/settings/tags/${id}/actions/records_count`;
  try {
    const { count } = await client.send(
      {
        ...{ method: 'GET', path, query: { module }, answer: countAnswer },
        ...{ effect: 'read', credits: 1, pool: 'plain' },
      },
      signal,
    );
    return count;
  } catch (error) {
    if (saysGone(error)) return null;
    throw error;
  }
}

/** Puts a tag on at most 500 records or takes it off, never touching others' tags; in order. */
export async function changeTags(
  { client, module }: Session,
  action: 'add' | 'remove',
  name: string,
  ids: readonly RecordId[],
  signal: AbortSignal,
): Promise<readonly (WireResult | null)[]> {
  if (ids.length === 0) return [];
  const { data } = await client.send(
    {
      method: 'POST',
      path: `/crm/v8/${module}/actions/${action}_tags`,
      body: { tags: [{ name }], ids, ...(action === 'add' && { over_write: false }) },
      answer: resultsOfData,
      effect: 'write',
      credits: Math.ceil(ids.length / idsPerCredit),
      pool: 'plain',
      perRecord: true,
    },
    signal,
  );
  return answersInOrder(ids, data);
}
