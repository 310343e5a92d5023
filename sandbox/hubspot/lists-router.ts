import express from 'express';
import { z } from 'zod';
import { flag, parseInput, repeated } from './body.ts';
import { DynamicLists } from './dynamic-lists.ts';
import { notFound, validationError } from './errors.ts';
import { type List, listCreate, renderList } from './list.ts';
import { conversionOf, conversionRequest, renderConversion } from './list-conversion.ts';
import { filterBranch } from './list-filter.ts';
import { listFoldersRouter } from './list-folders-router.ts';
import { listMappingRouter } from './list-mapping-router.ts';
import { listSearchRouter } from './list-search-router.ts';
import { keepListsTrue } from './list-upkeep.ts';
import {
  type ListSettings,
  membershipsRouter,
  recordMembershipsRouter,
} from './memberships-router.ts';
import { OBJECT_TYPE_FACTS, parseObjectType } from './object-types.ts';
import type { Portal } from './portal.ts';
import { writeContext } from './write-context.ts';

const shown = z.object({ includeFilters: flag });
const rename = shown.extend({ listName: z.string().min(1) });
const refilter = z.object({ filterBranch });

/** `/crm/lists`: lists, and by the routers it mounts members, folders and searches (README 19). */
export function listsRouter(portal: Portal, settings: ListSettings): express.Router {
  const { lists, clock } = portal;
  const dynamic = new DynamicLists(portal);
  keepListsTrue(portal);
  const router = express.Router();

  router.use((_req, _res, next) => {
    lists.convertDue(clock());
    next();
  });
  router.use('/folders', listFoldersRouter(portal));
  router.use('/idmapping', listMappingRouter(portal));
  router.use('/records', recordMembershipsRouter(portal, dynamic));
  router.use(listSearchRouter(portal, dynamic));

  router.post('/', (req, res) => {
    const input = parseInput(listCreate, req.body);
    const type = parseObjectType(input.objectTypeId);
    if (type === undefined) throw validationError(`Unknown objectTypeId ${input.objectTypeId}.`);
    if (input.filterBranch !== undefined) dynamic.check(type, input.filterBranch);
    const { appId, now } = writeContext(portal, res);
    const { typeId } = OBJECT_TYPE_FACTS[type];
    const list = lists.create({ ...input, objectTypeId: typeId }, appId, now);
    dynamic.take(list);
    res.json({ list: render(list, true) });
  });

  router.get('/', (req, res) => {
    const { listIds, includeFilters } = parseInput(shown.extend({ listIds: repeated }), req.query);
    const found = listIds.flatMap((id) => lists.find(id) ?? []);
    res.json({ lists: found.map((list) => render(list, includeFilters)) });
  });

  router.get('/object-type-id/:objectTypeId/name/:name', (req, res) => {
    const { includeFilters } = parseInput(shown, req.query);
    const { objectTypeId, name } = req.params;
    const list = lists.findByName(objectTypeId, name);
    if (list === undefined) throw notFound(`List does not exist with name ${name}.`);
    res.json({ list: render(list, includeFilters) });
  });

  router.get('/:listId', (req, res) => {
    const { includeFilters } = parseInput(shown, req.query);
    res.json({ list: render(lists.get(req.params.listId), includeFilters) });
  });

  router.delete('/:listId', (req, res) => {
    lists.remove(req.params.listId, clock());
    res.status(204).end();
  });

  router.put('/:listId/restore', (req, res) => {
    lists.restore(req.params.listId, clock());
    res.status(204).end();
  });

  router.put('/:listId/update-list-name', (req, res) => {
    const { listName, includeFilters } = parseInput(rename, req.query);
    const { appId, now } = writeContext(portal, res);
    const list = lists.rename(req.params.listId, listName, appId, now);
    res.json({ updatedList: render(list, includeFilters) });
  });

  router.put('/:listId/update-list-filters', (req, res) => {
    const { appId, now } = writeContext(portal, res);
    const filters = parseInput(refilter, req.body).filterBranch;
    const type = parseObjectType(lists.get(req.params.listId).objectTypeId);
    if (type !== undefined) dynamic.check(type, filters);
    const list = lists.updateFilters(req.params.listId, filters, appId, now);
    res.json({ updatedList: render(list, true) });
  });

  router.get('/:listId/schedule-conversion', (req, res) => {
    res.json(renderConversion(lists.get(req.params.listId), clock()));
  });
  router.put('/:listId/schedule-conversion', (req, res) => {
    const conversion = conversionOf(parseInput(conversionRequest, req.body), clock());
    res.json(renderConversion(lists.scheduleConversion(req.params.listId, conversion), clock()));
  });
  router.delete('/:listId/schedule-conversion', (req, res) => {
    lists.scheduleConversion(req.params.listId, undefined);
    res.status(204).end();
  });

  router.use('/:listId/memberships', membershipsRouter(portal, dynamic, settings));

  function render(list: List, includeFilters: boolean) {
    const { filterBranch: filters, ...bare } = list;
    const seen =
      includeFilters && filters !== undefined ? { ...bare, filterBranch: filters } : bare;
    return renderList(seen, dynamic.members(list).size);
  }

  return router;
}
