import type { Router } from 'express';
import { readBatch } from './association-bodies.ts';
import type { RecordRef } from './association-store.ts';
import { targetPage } from './association-wire.ts';
import { type BatchError, sendBatch } from './batch-answer.ts';
import { parseInput } from './body.ts';
import { OBJECT_TYPE_FACTS, type ObjectType } from './object-types.ts';
import type { Portal } from './portal.ts';
import { findRecord, objectTypeOf } from './record-lookup.ts';

/** `batch/read`: the targets of up to 1,000 records, each with a page of its own (README 15). */
export function addAssociationReads(router: Router, portal: Portal): void {
  router.post('/:from/:to/batch/read', (req, res) => {
    const from = objectTypeOf(req.params.from);
    const to = objectTypeOf(req.params.to);
    const { inputs } = parseInput(readBatch, req.body);
    const page = pageReader(portal, to);
    const answers = inputs.map(({ id, after }) => {
      const slot = findRecord(portal, from, { id });
      const ref =
        slot === undefined ? undefined : { type: from, id: portal.objects[from].at(slot).id };
      return { id, ...(ref === undefined ? { to: [] } : page(ref, after)) };
    });
    const results = answers
      .filter((answer) => answer.to.length > 0)
      .map(({ id, ...rest }) => ({ from: { id }, ...rest }));
    const empty = answers.filter((answer) => answer.to.length === 0).map(({ id }) => id);
    const errors = portal.options.missingAssociations === 'omit' ? [] : empty;
    sendBatch(
      portal,
      res,
      200,
      results,
      errors.map((id) => noAssociations(from, to, id)),
    );
  });
}

function pageReader(portal: Portal, to: ObjectType) {
  const limit = portal.options.associationPageLimit;
  return (from: RecordRef, after: number | undefined) => {
    const { targets, next } = targetPage(portal, from, to, limit, after);
    return {
      to: targets,
      ...(next !== undefined && { paging: { next: { after: String(next) } } }),
    };
  };
}

function noAssociations(from: ObjectType, to: ObjectType, id: string): BatchError {
  const [fromName, toName] = [OBJECT_TYPE_FACTS[from].singular, OBJECT_TYPE_FACTS[to].singular];
  return {
    status: 'error',
    category: 'OBJECT_NOT_FOUND',
    subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
    message: `No ${toName} is associated with ${fromName} ${id}.`,
    context: { fromObjectId: [id], fromObjectType: [fromName], toObjectType: [toName] },
    errors: [],
    links: {},
  };
}
