import type { Router } from 'express';
import { z } from 'zod';
import { missingRecords, sendBatch } from './batch-answer.ts';
import { batchOf } from './batch-rules.ts';
import { flag, parseInput } from './body.ts';
import type { Portal } from './portal.ts';
import { recordId } from './record-bodies.ts';
import { checkIdProperty, findRecord, objectTypeOf } from './record-lookup.ts';
import { recordView } from './record-view.ts';
import { archiveRecord } from './record-writer.ts';
import { writeContext } from './write-context.ts';

const inputs = batchOf(z.object({ id: recordId }));
const readBody = z.object({
  inputs,
  properties: z.array(z.string()).default([]),
  propertiesWithHistory: z.array(z.string()).default([]),
  idProperty: z.string().optional(),
});
const readQuery = z.object({ archived: flag });

/** Batch read and batch archive: the two that only need ids. */
export function addBatchReadRoutes(router: Router, portal: Portal): void {
  // Answers come by ascending id, whatever the order of the question: callers must match by id.
  // An id that was merged away is answered with the record it went into (README C3; as on GET).
  router.post('/:type/batch/read', (req, res) => {
    const type = objectTypeOf(req.params.type);
    const { archived } = parseInput(readQuery, req.query);
    const { idProperty, ...body } = parseInput(readBody, req.body);
    if (idProperty !== undefined) checkIdProperty(portal, type, idProperty);
    const found = body.inputs.map(({ id }) => ({
      id,
      slot: findRecord(portal, type, { id, idProperty }, { archived }),
    }));
    const slots = found.map(({ slot }) => slot).filter((slot) => slot !== undefined);
    const missing = found.filter(({ slot }) => slot === undefined).map(({ id }) => id);
    const results = [...new Set(slots)]
      .toSorted((a, b) => a - b)
      .map(recordView(portal, type, body));
    sendBatch(portal, res, 200, results, missingRecords(type, missing));
  });

  router.post('/:type/batch/archive', (req, res) => {
    const type = objectTypeOf(req.params.type);
    const body = parseInput(z.object({ inputs }), req.body);
    const context = writeContext(portal, res);
    for (const { id } of body.inputs) archiveRecord(portal, type, Number(id), context);
    res.status(204).end();
  });
}
