import express from 'express';
import { z } from 'zod';
import { pageSize, parseInput } from './body.ts';
import type { DynamicLists } from './dynamic-lists.ts';
import { validationError } from './errors.ts';
import { iso, type List } from './list.ts';
import type { MembershipOrder } from './list-membership.ts';
import { MembershipWriter } from './membership-writer.ts';
import { OBJECT_TYPE_FACTS } from './object-types.ts';
import type { Portal } from './portal.ts';
import { objectTypeOf } from './record-lookup.ts';
import { nextPage } from './request-url.ts';

export interface ListSettings {
  /** Most record ids in one membership write. Not stated anywhere official (README C9). */
  readonly maxMembershipIds: number;
}

const page = z.object({
  limit: pageSize(100, 250),
  after: z.string().optional(),
  before: z.string().optional(),
});
const ids = z.array(z.coerce.string());
const change = z.object({ recordIdsToAdd: ids.default([]), recordIdsToRemove: ids.default([]) });
const records = z.object({
  inputs: z.array(z.object({ objectTypeId: z.string(), recordId: z.coerce.string() })).max(1_000),
});
const inList = z.object({ listId: z.string() });

/** `/crm/lists/{id}/memberships` (README 19). */
export function membershipsRouter(
  portal: Portal,
  dynamic: DynamicLists,
  settings: ListSettings,
): express.Router {
  const { lists } = portal;
  const writer = new MembershipWriter(portal);
  const router = express.Router({ mergeParams: true });

  router.get('/', (req, res) => res.json(readPage(req, 'recordId')));
  router.get('/join-order', (req, res) => res.json(readPage(req, 'joined')));

  router.put('/add', (req, res) => {
    res.json(writer.change(writable(req), limited(parseInput(ids, req.body)), []));
  });
  router.put('/remove', (req, res) => {
    res.json(writer.change(writable(req), [], limited(parseInput(ids, req.body))));
  });
  router.put('/add-and-remove', (req, res) => {
    const { recordIdsToAdd, recordIdsToRemove } = parseInput(change, req.body);
    limited([...recordIdsToAdd, ...recordIdsToRemove]);
    res.json(writer.change(writable(req), recordIdsToAdd, recordIdsToRemove));
  });
  router.put('/add-from/:sourceListId', (req, res) => {
    const source = dynamic.members(lists.get(req.params.sourceListId));
    writer.addFrom(writable(req), source);
    res.status(204).end();
  });
  router.delete('/', (req, res) => {
    writer.clear(writable(req));
    res.status(204).end();
  });

  function readPage(req: express.Request, order: MembershipOrder) {
    const { limit, after, before } = parseInput(page, req.query);
    const members = dynamic.members(listOf(req));
    const found = members.page(order, { after, before }, limit);
    const next = nextPage(req, found.after).paging ?? {};
    const prev = found.before === undefined ? {} : { prev: { before: found.before } };
    const results = found.members.map(({ recordId, joinedAt }) => ({
      recordId: String(recordId),
      membershipTimestamp: iso(joinedAt),
    }));
    return { total: members.size, results, paging: { ...next, ...prev } };
  }

  function listOf(req: express.Request): List {
    return lists.get(inList.parse(req.params).listId);
  }

  // HubSpot maintains a DYNAMIC list and refuses anyone else's members (README 19).
  function writable(req: express.Request): List {
    const list = listOf(req);
    if (list.processingType !== 'DYNAMIC') return list;
    throw validationError(`Memberships of the DYNAMIC list ${list.listId} cannot be written.`);
  }

  function limited(asked: readonly string[]): readonly string[] {
    const { maxMembershipIds } = settings;
    if (asked.length <= maxMembershipIds) return asked;
    throw validationError(`At most ${maxMembershipIds} record ids are allowed in one request.`);
  }

  return router;
}

/** `/crm/lists/records`: which lists a record is on (README 19). */
export function recordMembershipsRouter(portal: Portal, dynamic: DynamicLists): express.Router {
  const { lists, clock } = portal;
  const router = express.Router();

  router.get('/:objectTypeId/:recordId/memberships', (req, res) => {
    const results = listsOf(req.params.objectTypeId, req.params.recordId);
    res.json({ total: results.length, results });
  });
  router.post('/memberships/batch/read', (req, res) => {
    const at = iso(clock());
    const results = parseInput(records, req.body).inputs.map(({ objectTypeId, recordId }) => ({
      objectTypeId,
      recordId,
      recordListMemberships: listsOf(objectTypeId, recordId),
    }));
    res.json({ status: 'COMPLETE', results, startedAt: at, completedAt: at });
  });

  function listsOf(objectTypeId: string, recordId: string) {
    const { typeId } = OBJECT_TYPE_FACTS[objectTypeOf(objectTypeId)];
    const candidates = lists.all().filter((list) => list.objectTypeId === typeId);
    return candidates.flatMap((list) => {
      const joinedAt = dynamic.members(list).joinedAt(Number(recordId));
      if (joinedAt === undefined) return [];
      const { listId, listVersion } = list;
      const added = { firstAddedTimestamp: iso(joinedAt), lastAddedTimestamp: iso(joinedAt) };
      return [{ listId, listVersion, isPublicList: true, ...added }];
    });
  }

  return router;
}
