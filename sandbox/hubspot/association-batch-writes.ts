import type { Response, Router } from 'express';
import { archiveBatch, defaultBatch, labelledBatch } from './association-bodies.ts';
import { defaultAssociations, labelsBetween, recordRef } from './association-wire.ts';
import {
  associate,
  associationTypeFor,
  dissociate,
  plainType,
  removeType,
} from './association-writer.ts';
import { type BatchError, missingRecords, sendBatch } from './batch-answer.ts';
import { parseInput } from './body.ts';
import type { ObjectType } from './object-types.ts';
import type { Portal } from './portal.ts';
import { findRecord, objectTypeOf } from './record-lookup.ts';
import { isDated, versionOf } from './versions.ts';
import { writeContext } from './write-context.ts';

interface Pair {
  readonly from: { readonly id: string };
  readonly to: { readonly id: string };
}

/** `batch/create` and `batch/associate/default`. */
export function addAssociationCreates(router: Router, portal: Portal): void {
  router.post('/:from/:to/batch/create', (req, res) => {
    const from = objectTypeOf(req.params.from);
    const to = objectTypeOf(req.params.to);
    const typed = typedInputs(portal, from, to, req.body);
    const { present, errors } = splitByPresence(portal, from, to, typed);
    const context = writeContext(portal, res);
    const results = present.map((input) => {
      const [a, b] = [recordRef(portal, from, input.from), recordRef(portal, to, input.to)];
      for (const type of input.types) associate(portal, a, b, type, context);
      return labelsBetween(portal, a, b);
    });
    sendBatch(portal, res, 201, results, errors);
  });

  router.post('/:from/:to/batch/associate/default', (req, res) => {
    const from = objectTypeOf(req.params.from);
    const to = objectTypeOf(req.params.to);
    const plain = plainType(portal, from, to);
    const { inputs } = parseInput(defaultBatch, req.body);
    const { present, errors } = splitByPresence(portal, from, to, inputs);
    const context = writeContext(portal, res);
    const results = present.flatMap((input) => {
      const [a, b] = [recordRef(portal, from, input.from), recordRef(portal, to, input.to)];
      associate(portal, a, b, plain, context);
      return defaultAssociations(a, b, plain);
    });
    sendBatch(portal, res, 200, results, errors);
  });
}

/** `batch/archive` and `batch/labels/archive`. Links that are not there are no error. */
export function addAssociationArchives(router: Router, portal: Portal): void {
  router.post('/:from/:to/batch/archive', (req, res) => {
    const from = objectTypeOf(req.params.from);
    const to = objectTypeOf(req.params.to);
    const { inputs } = parseInput(archiveBatch, req.body);
    const pairs = inputs.flatMap((input) =>
      input.to.map((target) => ({ from: input.from, to: target })),
    );
    const context = writeContext(portal, res);
    for (const pair of splitByPresence(portal, from, to, pairs).present)
      dissociate(
        portal,
        recordRef(portal, from, pair.from),
        recordRef(portal, to, pair.to),
        context,
      );
    sendArchived(portal, res);
  });

  router.post('/:from/:to/batch/labels/archive', (req, res) => {
    const from = objectTypeOf(req.params.from);
    const to = objectTypeOf(req.params.to);
    const typed = typedInputs(portal, from, to, req.body);
    const context = writeContext(portal, res);
    for (const input of splitByPresence(portal, from, to, typed).present) {
      const [a, b] = [recordRef(portal, from, input.from), recordRef(portal, to, input.to)];
      for (const type of input.types) removeType(portal, a, b, type, context);
    }
    sendArchived(portal, res);
  });
}

/** The one status that the dated versions changed: 200 with a body instead of 204 (README 3). */
function sendArchived(portal: Portal, res: Response): void {
  if (isDated(versionOf(res))) sendBatch(portal, res, 200, []);
  else res.status(204).end();
}

function splitByPresence<T extends Pair>(
  portal: Portal,
  from: ObjectType,
  to: ObjectType,
  inputs: readonly T[],
): { readonly present: readonly T[]; readonly errors: readonly BatchError[] } {
  const isThere = (type: ObjectType, id: string) => findRecord(portal, type, { id }) !== undefined;
  const missing = (type: ObjectType, ids: readonly string[]) =>
    missingRecords(type, [...new Set(ids.filter((id) => !isThere(type, id)))]);
  return {
    present: inputs.filter((pair) => isThere(from, pair.from.id) && isThere(to, pair.to.id)),
    errors: [
      ...missing(
        from,
        inputs.map((pair) => pair.from.id),
      ),
      ...missing(
        to,
        inputs.map((pair) => pair.to.id),
      ),
    ],
  };
}

// All types are looked up before the first write, so that a wrong one leaves nothing half done.
function typedInputs(portal: Portal, from: ObjectType, to: ObjectType, body: unknown) {
  return parseInput(labelledBatch, body).inputs.map((input) => ({
    ...input,
    types: input.types.map((type) => associationTypeFor(portal, from, to, type.associationTypeId)),
  }));
}
