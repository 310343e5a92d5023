import type { Router } from 'express';
import { z } from 'zod';
import {
  answersEach,
  attempt,
  type BatchError,
  missingRecords,
  sendBatch,
} from './batch-answer.ts';
import { batchOf, checkDistinctValues, checkNoDuplicates } from './batch-rules.ts';
import { parseInput } from './body.ts';
import type { ObjectType } from './object-types.ts';
import type { Portal } from './portal.ts';
import { newRecord, recordId, writtenValues } from './record-bodies.ts';
import { checkNewRecord, createLinkedRecord } from './record-creator.ts';
import { findRecord, objectTypeOf } from './record-lookup.ts';
import { recordView } from './record-view.ts';
import { updateRecord } from './record-writer.ts';
import { writeContext } from './write-context.ts';
import { checkUnique, checkValues, type WrittenValues } from './write-rules.ts';

const createBody = z.object({ inputs: batchOf(newRecord) });
const changedRecord = z.object({
  id: recordId,
  idProperty: z.string().optional(),
  properties: writtenValues,
  objectWriteTraceId: z.string().optional(),
});
const updateBody = z.object({ inputs: batchOf(changedRecord) });
/** The key of an upsert is a unique value to write; a record id cannot be written (README 8). */
const upsertKey = z
  .string()
  .refine((name) => name !== 'hs_object_id', 'Upsert needs a unique property.');
const upsertBody = z.object({ inputs: batchOf(changedRecord.extend({ idProperty: upsertKey })) });

interface TracedWrite<T> {
  readonly objectWriteTraceId: string | undefined;
  readonly write: () => T;
}

/**
 * Batch create, update and upsert. Which failures fail the whole batch is unknown (README C1), so
 * the harder answer is given: one refused value fails all, and nothing is written, unless every
 * input has a trace id of its own; then each answers for itself in a 207.
 */
export function addBatchWriteRoutes(router: Router, portal: Portal): void {
  router.post('/:type/batch/create', (req, res) => {
    const type = objectTypeOf(req.params.type);
    const { inputs } = parseInput(createBody, req.body);
    if (!answersEach(inputs)) {
      for (const input of inputs) checkNewRecord(portal, type, input);
      checkDistinctValues(
        portal,
        type,
        inputs.map(({ properties }) => properties),
      );
    }
    const context = writeContext(portal, res);
    const writes = inputs.map((input) => ({
      objectWriteTraceId: input.objectWriteTraceId,
      write: () => {
        const slot = createLinkedRecord(portal, type, input, context);
        const wire = writtenView(portal, type, slot, input.properties);
        const { objectWriteTraceId } = input;
        return { ...wire, ...(objectWriteTraceId !== undefined && { objectWriteTraceId }) };
      },
    }));
    const { results, errors } = runAll(writes);
    sendBatch(portal, res, 201, results, errors);
  });

  // Merged-away ids do not work here, though they do in a single PATCH (README 8).
  router.post('/:type/batch/update', (req, res) => {
    const type = objectTypeOf(req.params.type);
    const { inputs } = parseInput(updateBody, req.body);
    checkNoDuplicates(inputs.map(({ id }) => id));
    const found = inputs.map((input) => ({
      ...input,
      slot: findRecord(portal, type, input, { followMerges: false }),
    }));
    const missing = found.filter(({ slot }) => slot === undefined).map(({ id }) => id);
    const present = found.flatMap(({ slot, ...input }) =>
      slot === undefined ? [] : [{ ...input, slot }],
    );
    if (!answersEach(inputs)) checkChanges(portal, type, present);
    const context = writeContext(portal, res);
    const writes = present.map(({ slot, properties, objectWriteTraceId }) => ({
      objectWriteTraceId,
      write: () => {
        updateRecord(portal, type, slot, properties, context);
        return writtenView(portal, type, slot, properties);
      },
    }));
    const { results, errors } = runAll(writes);
    sendBatch(portal, res, 200, results, [...errors, ...missingRecords(type, missing)]);
  });

  // One conflicting record fails the whole upsert with 409 (README 8).
  router.post('/:type/batch/upsert', (req, res) => {
    const type = objectTypeOf(req.params.type);
    const { inputs } = parseInput(upsertBody, req.body);
    checkNoDuplicates(inputs.map(({ id }) => id));
    const wanted = inputs.map((input) => ({
      ...input,
      properties: { [input.idProperty]: input.id, ...input.properties },
      slot: findRecord(portal, type, input),
    }));
    if (!answersEach(inputs)) checkChanges(portal, type, wanted);
    const context = writeContext(portal, res);
    const writes = wanted.map(({ slot, properties, objectWriteTraceId }) => ({
      objectWriteTraceId,
      write: () => {
        const input = { properties, associations: [] };
        const written = slot ?? createLinkedRecord(portal, type, input, context);
        if (slot !== undefined) updateRecord(portal, type, slot, properties, context);
        return { ...writtenView(portal, type, written, properties), new: slot === undefined };
      },
    }));
    const { results, errors } = runAll(writes);
    sendBatch(portal, res, 200, results, errors);
  });
}

function checkChanges(
  portal: Portal,
  type: ObjectType,
  changes: readonly { readonly slot: number | undefined; readonly properties: WrittenValues }[],
): void {
  for (const { slot, properties } of changes) {
    checkValues(portal, type, properties);
    checkUnique(portal, type, properties, slot);
  }
  checkDistinctValues(
    portal,
    type,
    changes.map(({ properties }) => properties),
  );
}

function runAll<T>(writes: readonly TracedWrite<T>[]) {
  const results: T[] = [];
  const errors: BatchError[] = [];
  for (const { objectWriteTraceId, write } of writes) {
    const outcome = attempt(objectWriteTraceId, write);
    if ('error' in outcome) errors.push(outcome.error);
    else results.push(outcome.result);
  }
  return { results, errors };
}

function writtenView(portal: Portal, type: ObjectType, slot: number, written: WrittenValues) {
  return recordView(portal, type, { properties: Object.keys(written) })(slot);
}
