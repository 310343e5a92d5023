import type { Router } from 'express';
import { z } from 'zod';
import { associationSpecs } from './association-bodies.ts';
import { defaultAssociations, labelsBetween, recordRef, targetPage } from './association-wire.ts';
import { associate, associationTypeFor, dissociate, plainType } from './association-writer.ts';
import { sendBatch } from './batch-answer.ts';
import { pageSize, parseInput } from './body.ts';
import { associationPage } from './inline-associations.ts';
import type { Portal } from './portal.ts';
import { objectTypeOf } from './record-lookup.ts';
import { recordIdCursor } from './record-queries.ts';
import { nextPage, originOf } from './request-url.ts';
import { versionOf } from './versions.ts';
import { writeContext } from './write-context.ts';

/** 500 is the documented default; taken as the maximum too, which is unknown (README C6). */
const PAGE = 500;
const pageQuery = z.object({ limit: pageSize(PAGE, PAGE), after: recordIdCursor.optional() });

/** Associations of one record, under `/:type/:id/associations` (README 15). */
export function addRecordAssociationRoutes(router: Router, portal: Portal): void {
  router.get('/:type/:id/associations/:toType', (req, res) => {
    const to = objectTypeOf(req.params.toType);
    const from = recordRef(portal, objectTypeOf(req.params.type), req.params);
    const { limit, after } = parseInput(pageQuery, req.query);
    if (versionOf(res) === 'v3') {
      res.json(associationPage(portal, from, to, { limit, after, origin: originOf(req) }));
      return;
    }
    const { targets, next } = targetPage(portal, from, to, limit, after);
    res.json({ results: targets, ...nextPage(req, next) });
  });

  router.put('/:type/:id/associations/default/:toType/:toId', (req, res) => {
    const from = recordRef(portal, objectTypeOf(req.params.type), req.params);
    const to = recordRef(portal, objectTypeOf(req.params.toType), { id: req.params.toId });
    const plain = plainType(portal, from.type, to.type);
    associate(portal, from, to, plain, writeContext(portal, res));
    sendBatch(portal, res, 200, defaultAssociations(from, to, plain));
  });

  router.put('/:type/:id/associations/:toType/:toId', (req, res) => {
    const from = recordRef(portal, objectTypeOf(req.params.type), req.params);
    const to = recordRef(portal, objectTypeOf(req.params.toType), { id: req.params.toId });
    const types = parseInput(associationSpecs, req.body).map(({ associationTypeId }) =>
      associationTypeFor(portal, from.type, to.type, associationTypeId),
    );
    for (const type of types) associate(portal, from, to, type, writeContext(portal, res));
    res.status(201).json(labelsBetween(portal, from, to));
  });

  router.delete('/:type/:id/associations/:toType/:toId', (req, res) => {
    const from = recordRef(portal, objectTypeOf(req.params.type), req.params);
    const to = recordRef(portal, objectTypeOf(req.params.toType), { id: req.params.toId });
    dissociate(portal, from, to, writeContext(portal, res));
    res.status(204).end();
  });
}
