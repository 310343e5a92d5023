import type { Router } from 'express';
import { z } from 'zod';
import { parseInput } from './body.ts';
import type { Portal } from './portal.ts';
import { newRecord, recordId, writtenValues } from './record-bodies.ts';
import { createLinkedRecord } from './record-creator.ts';
import { findRecord, getRecord, objectTypeOf, parseRecordId } from './record-lookup.ts';
import { mergeRecords } from './record-merger.ts';
import { parseListQuery, parseRecordQuery } from './record-queries.ts';
import { recordView } from './record-view.ts';
import { archiveRecord, purgeRecord, updateRecord } from './record-writer.ts';
import { nextPage } from './request-url.ts';
import { writeContext } from './write-context.ts';

const changedRecord = z.object({ properties: writtenValues });
const merge = z.object({ primaryObjectId: recordId, objectIdToMerge: recordId });
const privacyDelete = z.object({ objectId: recordId, idProperty: z.string().optional() });

/** `GET /:type`: live (or archived) records by ascending id, from the id `after` on. */
export function addListRoute(router: Router, portal: Portal): void {
  router.get('/:type', (req, res) => {
    const type = objectTypeOf(req.params.type);
    const { limit, after = 0, archived, selection } = parseListQuery(req);
    // One more than the page holds, since the cursor is the next record's id.
    const slots = portal.objects[type].page(after, limit + 1, archived);
    const next = slots[limit];
    res.json({
      results: slots.slice(0, limit).map(recordView(portal, type, selection)),
      ...nextPage(req, next === undefined ? undefined : portal.objects[type].at(next).id),
    });
  });
}

/** `POST /:type`, and get, update and archive of one record. */
export function addRecordRoutes(router: Router, portal: Portal): void {
  router.post('/:type', (req, res) => {
    const type = objectTypeOf(req.params.type);
    const input = parseInput(newRecord, req.body);
    const slot = createLinkedRecord(portal, type, input, writeContext(portal, res));
    const properties = Object.keys(input.properties);
    res.status(201).json(recordView(portal, type, { properties })(slot));
  });

  router.get('/:type/:id', (req, res) => {
    const type = objectTypeOf(req.params.type);
    const { idProperty, archived, selection } = parseRecordQuery(req);
    const slot = getRecord(portal, type, { id: req.params.id, idProperty }, { archived });
    res.json(recordView(portal, type, selection)(slot));
  });

  router.patch('/:type/:id', (req, res) => {
    const type = objectTypeOf(req.params.type);
    const { idProperty } = parseRecordQuery(req);
    const { properties } = parseInput(changedRecord, req.body);
    const slot = getRecord(portal, type, { id: req.params.id, idProperty });
    updateRecord(portal, type, slot, properties, writeContext(portal, res));
    res.json(recordView(portal, type, { properties: Object.keys(properties) })(slot));
  });

  // An id that is not there is no error: what was asked for is so (README C4).
  router.delete('/:type/:id', (req, res) => {
    const type = objectTypeOf(req.params.type);
    const id = parseRecordId(req.params.id);
    if (id !== undefined) archiveRecord(portal, type, id, writeContext(portal, res));
    res.status(204).end();
  });
}

/** The two ways in which records go for good. */
export function addMergeRoutes(router: Router, portal: Portal): void {
  router.post('/:type/merge', (req, res) => {
    const type = objectTypeOf(req.params.type);
    const { primaryObjectId, objectIdToMerge } = parseInput(merge, req.body);
    const slot = mergeRecords(
      portal,
      type,
      getRecord(portal, type, { id: primaryObjectId }),
      getRecord(portal, type, { id: objectIdToMerge }),
      writeContext(portal, res),
    );
    res.json(recordView(portal, type)(slot));
  });

  // By an unknown e-mail address it succeeds: HubSpot blocks that address from then on (README 24).
  router.post('/:type/gdpr-delete', (req, res) => {
    const type = objectTypeOf(req.params.type);
    const { objectId, idProperty } = parseInput(privacyDelete, req.body);
    const key = { id: objectId, idProperty };
    const slot =
      findRecord(portal, type, key, { archived: true }) ??
      (idProperty === 'email' ? findRecord(portal, type, key) : getRecord(portal, type, key));
    if (slot !== undefined) purgeRecord(portal, type, slot, writeContext(portal, res));
    res.status(204).end();
  });
}
