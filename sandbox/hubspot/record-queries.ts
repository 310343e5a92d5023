import type { Request } from 'express';
import { z } from 'zod';
import { flag, pageSize, parseInput, repeated } from './body.ts';
import { validationError } from './errors.ts';
import { objectTypeOf } from './record-lookup.ts';
import type { Selection } from './record-view.ts';
import { originOf } from './request-url.ts';

/** The largest page of the list endpoint (README 7). */
const LIST_LIMIT = 100;
/** The same with history: HubSpot says that it is lower, not by how much (README C15). */
const HISTORY_LIST_LIMIT = 50;

/** A cursor of the list endpoint is a record id, any one (README 7). */
export const recordIdCursor = z
  .string()
  .regex(/^\d+$/, 'after is not a record id')
  .transform(Number);

const selectionQuery = z.object({
  properties: repeated,
  propertiesWithHistory: repeated,
  associations: repeated,
  archived: flag,
  idProperty: z.string().optional(),
});

const listQuery = selectionQuery.extend({
  limit: pageSize(10, LIST_LIMIT),
  after: recordIdCursor.optional(),
});

/** Query of get, update and the like. */
export function parseRecordQuery(req: Request) {
  const query = parseInput(selectionQuery, req.query);
  return { ...query, selection: selectionOf(query, req) };
}

/** Query of the list endpoint. */
export function parseListQuery(req: Request) {
  const query = parseInput(listQuery, req.query);
  if (query.propertiesWithHistory.length > 0 && query.limit > HISTORY_LIST_LIMIT)
    throw validationError(
      `limit must be at most ${HISTORY_LIST_LIMIT} with propertiesWithHistory.`,
    );
  return { ...query, selection: selectionOf(query, req) };
}

function selectionOf(query: z.output<typeof selectionQuery>, req: Request): Selection {
  return {
    properties: query.properties,
    propertiesWithHistory: query.propertiesWithHistory,
    associations: query.associations.map((alias) => objectTypeOf(alias)),
    origin: originOf(req),
  };
}
