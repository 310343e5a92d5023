import type { z } from 'zod';
import type { Session } from './session.ts';
import { searchAnswer } from './wire.ts';

export type Filter = {
  readonly propertyName: string;
  readonly operator: string;
  readonly value?: string;
  readonly highValue?: string;
  readonly values?: readonly string[];
};

export type SearchQuery = {
  /** OR of ANDs; empty: every live record. */
  readonly groups: readonly (readonly Filter[])[];
  readonly limit: number;
  readonly properties?: readonly string[];
  readonly descending?: boolean;
};

export const searchPageSize = 200;

/** A longer body is refused (BEHAVIOR 9). */
const mostCharacters = 3_000;

/** Whether the search may be asked for these properties at once. */
export function fitsSearch(query: SearchQuery): boolean {
  return JSON.stringify(bodyOf(query)).length <= mostCharacters;
}

function bodyOf({ groups, limit, properties = ['hs_object_id'], descending = false }: SearchQuery) {
  const direction = descending ? 'DESCENDING' : 'ASCENDING';
  return {
    filterGroups: groups.map((filters) => ({ filters })),
    sorts: [{ propertyName: 'hs_object_id', direction }],
    ...{ properties, limit },
  };
}

/** One page of a search, always in the order of record ids: the only order that can be resumed. */
export async function search(
  { client, paths }: Session,
  type: string,
  query: SearchQuery,
  signal: AbortSignal,
): Promise<z.output<typeof searchAnswer>> {
  return await client.send(
    {
      method: 'POST',
      path: paths.search(type),
      body: bodyOf(query),
      answer: searchAnswer,
      effect: 'read',
      lane: 'search',
    },
    signal,
  );
}

/** How many live records match: one call. */
export async function countRecords(
  session: Session,
  type: string,
  filters: readonly Filter[],
  signal: AbortSignal,
): Promise<number> {
  const groups = filters.length === 0 ? [] : [filters];
  return (await search(session, type, { groups, limit: 1 }, signal)).total;
}
