import express from 'express';
import { z } from 'zod';
import { flag, parseInput } from './body.ts';
import { ApiError, type ErrorBody, validationError } from './errors.ts';
import { OBJECT_TYPE_FACTS } from './object-types.ts';
import type { Portal } from './portal.ts';
import { propertyCreate, propertyUpdate } from './property-definition.ts';
import { propertyGroupsRouter } from './property-groups-router.ts';
import { objectTypeOf } from './record-lookup.ts';
import { customPropertyUsage } from './schema.ts';

/** The batch maximum is unknown (README C11); this is that of records. */
const maxBatch = 100;
const names = z.object({ inputs: z.array(z.object({ name: z.string() })).max(maxBatch) });
const batchRead = names.extend({ archived: z.boolean().default(false) });
const batchCreate = z.object({ inputs: z.array(propertyCreate).min(1).max(maxBatch) });
const listQuery = z.object({ archived: flag });

/** `/crm/properties`: what fields records have (README 18). */
export function propertiesRouter(portal: Portal): express.Router {
  const { schema, clock } = portal;
  const router = express.Router({ mergeParams: true });
  router.use('/:objectType/groups', propertyGroupsRouter(portal));

  router.post('/:objectType/batch/create', (req, res) => {
    const type = objectTypeOf(req.params.objectType);
    const { inputs } = parseInput(batchCreate, req.body);
    const answer = batch(clock, inputs, (input) => schema.create(type, input));
    res.status(answer.errors.length > 0 ? 207 : 201).json(rendered(answer));
  });

  router.post('/:objectType/batch/read', (req, res) => {
    const type = objectTypeOf(req.params.objectType);
    const { inputs, archived } = parseInput(batchRead, req.body);
    const answer = batch(clock, inputs, ({ name }) => schema.get(type, name, archived));
    res.status(answer.errors.length > 0 ? 207 : 200).json(rendered(answer));
  });

  router.post('/:objectType/batch/archive', (req, res) => {
    const type = objectTypeOf(req.params.objectType);
    for (const { name } of parseInput(names, req.body).inputs) schema.archive(type, name);
    res.status(204).end();
  });

  router.get('/:objectType', (req, res) => {
    const type = objectTypeOf(req.params.objectType);
    const { archived } = parseInput(listQuery, req.query);
    res.json({ results: schema.definitions(type, archived) });
  });

  router.post('/:objectType', (req, res) => {
    const type = objectTypeOf(req.params.objectType);
    res.status(201).json(schema.create(type, parseInput(propertyCreate, req.body)));
  });

  router.get('/:objectType/:name', (req, res) => {
    const type = objectTypeOf(req.params.objectType);
    const { archived } = parseInput(listQuery, req.query);
    res.json(schema.get(type, req.params.name, archived));
  });

  router.patch('/:objectType/:name', (req, res) => {
    const type = objectTypeOf(req.params.objectType);
    res.json(schema.update(type, req.params.name, parseInput(propertyUpdate, req.body)));
  });

  router.delete('/:objectType/:name', (req, res) => {
    schema.archive(objectTypeOf(req.params.objectType), req.params.name);
    res.status(204).end();
  });
  return router;
}

/** `/crm/limits/custom-properties`: how many more properties the portal takes (README 18). */
export function limitsRouter({ schema }: Portal): express.Router {
  const router = express.Router();
  router.get('/custom-properties', (_req, res) => {
    const limit = schema.maxCustomProperties;
    const byObjectType = [...customPropertyUsage(schema)].map(([type, usage]) => ({
      objectTypeId: OBJECT_TYPE_FACTS[type].typeId,
      limit,
      usage,
      percentage: limit === 0 ? 100 : (usage / limit) * 100,
    }));
    const overallUsage = byObjectType.reduce((sum, { usage }) => sum + usage, 0);
    res.json({ overallLimit: limit * byObjectType.length, overallUsage, byObjectType });
  });
  return router;
}

interface BatchAnswer {
  readonly startedAt: number;
  readonly completedAt: number;
  readonly results: readonly unknown[];
  readonly errors: readonly ErrorBody[];
}

function batch<T>(
  clock: () => number,
  inputs: readonly T[],
  apply: (input: T) => unknown,
): BatchAnswer {
  const startedAt = clock();
  const results: unknown[] = [];
  const errors: ErrorBody[] = [];
  for (const input of inputs) {
    try {
      results.push(apply(input));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      errors.push(error.body);
    }
  }
  if (results.length === 0 && inputs.length > 0) throw allFailed(errors);
  return { startedAt, completedAt: clock(), results, errors };
}

// Whether a batch of nothing but failures is a 207 is unknown; here it is refused (README C11).
function allFailed(errors: readonly ErrorBody[]): ApiError {
  const [first] = errors;
  if (first === undefined) return validationError('The batch is empty.');
  const status = { CONFLICT: 409, OBJECT_NOT_FOUND: 404 }[first.category ?? ''] ?? 400;
  return new ApiError(status, first);
}

function rendered({ startedAt, completedAt, results, errors }: BatchAnswer) {
  return {
    status: 'COMPLETE',
    results,
    startedAt: new Date(startedAt).toISOString(),
    completedAt: new Date(completedAt).toISOString(),
    ...(errors.length === 0 ? {} : { numErrors: errors.length, errors }),
  };
}
