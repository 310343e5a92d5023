import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { userIdOf } from './auth.ts';
import { ZohoError } from './errors.ts';
import type { ModuleName } from './module-names.ts';
import type { Org } from './org.ts';
import { moduleInPath, parameter, pathPart } from './parameters.ts';
import { parseInput } from './parse-input.ts';
import { RecordPlace } from './record-place.ts';
import { writableRecord } from './record-writer.ts';
import { assignTags, resolveTags, type TagChange, type TagOutcome } from './tag-assignment.ts';
import type { Tag } from './tags.ts';

/** Records one call may tag (facts §1). */
const maxIds = 500;

const body = z.object({
  tags: z.array(z.object({ name: z.string().min(1) })).min(1),
  ids: z.array(z.string()).optional(),
  over_write: z.boolean().optional(),
});

type Wire = Readonly<Record<string, unknown>>;

/** Putting tags on records and taking them off (facts §6), by ids in the body or one in the path. */
export function tagActionsRouter(org: Org): Router {
  const router = Router();
  for (const act of ['add', 'remove'] as const) {
    router.post(`/:module/actions/${act}_tags`, (req, res) => {
      const { ids = listParameter(req, 'ids') } = parseInput(body, req.body);
      answer(res, changeTags(org, act, ids, req, userIdOf(res)));
    });
    router.post(`/:module/:id/actions/${act}_tags`, (req, res) => {
      const results = changeTags(org, act, [pathPart(req, 'id')], req, userIdOf(res));
      // Of one record the refusal stands alone (facts §8).
      for (const { outcome } of results) if (outcome instanceof ZohoError) throw outcome;
      answer(res, results);
    });
  }
  return router;
}

function changeTags(
  org: Org,
  act: TagChange['act'],
  ids: readonly string[],
  req: Request,
  userId: string,
): readonly Tagged[] {
  const module = moduleInPath(req);
  checkIds(ids);
  const { tags, over_write: overWrite = parameter(req, 'over_write') === 'true' } = parseInput(
    body,
    req.body,
  );
  const names = tags.map(({ name }) => name);
  const change = { act, names, overWrite: act === 'add' && overWrite, userId };
  const resolved = resolveTags(org, module, change);
  const results = ids.map((id, index) => tagOne(org, module, id, index, resolved, change));
  recordWrite(org, module, change, results);
  return results;
}

interface Tagged {
  readonly id: string;
  readonly outcome: TagOutcome | ZohoError;
}

function tagOne(
  org: Org,
  module: ModuleName,
  id: string,
  index: number,
  tags: readonly Tag[],
  change: TagChange,
): Tagged {
  try {
    const record = writableRecord(org, module, id, new RecordPlace(index));
    return { id, outcome: assignTags(org, module, record, tags, change) };
  } catch (error) {
    if (error instanceof ZohoError) return { id, outcome: error };
    throw error;
  }
}

function answer(res: Response, results: readonly Tagged[]): void {
  const failures = results.flatMap(({ outcome }) =>
    outcome instanceof ZohoError ? [outcome] : [],
  );
  const locked = failures.filter(({ code }) => code === 'RECORD_LOCKED').length;
  const all = results.length;
  const status = failures.length === 0 ? 200 : failures.length === all ? 400 : 207;
  res.status(status).json({
    data: results.map(resultWire),
    wf_scheduler: null,
    success_count: String(all - failures.length),
    locked_count: locked,
  });
}

function resultWire({ id, outcome }: Tagged): Wire {
  if (outcome instanceof ZohoError) return outcome.render();
  const tags = outcome.tags.map((tag) => ({ name: tag.name, id: tag.id, color_code: null }));
  // A dropped tag is told of by nothing but this (facts §6).
  const dropped = outcome.notAdded.map((name) => ({ name }));
  const details = dropped.length === 0 ? { id, tags } : { id, tags, not_added_tags: dropped };
  return { code: 'SUCCESS', details, message: 'tags updated successfully', status: 'success' };
}

function recordWrite(
  org: Org,
  module: ModuleName,
  { act, overWrite }: TagChange,
  results: readonly Tagged[],
): void {
  const ids = results.flatMap(({ id, outcome }) => (outcome instanceof ZohoError ? [] : [id]));
  const call = { module, endpoint: `${act}_tags`, ids };
  org.writes.record({ ...call, trigger: null, skip: [], ...(act === 'add' ? { overWrite } : {}) });
}

function checkIds(ids: readonly string[]): void {
  const path = { api_name: 'ids', json_path: '$.ids' };
  if (ids.length === 0)
    throw new ZohoError(400, 'MANDATORY_NOT_FOUND', 'required field not found', path);
  if (ids.length > maxIds)
    throw new ZohoError(400, 'LIMIT_EXCEEDED', 'limit exceeded', {
      ...{ maximum_length: maxIds, ...path },
    });
}

function listParameter(req: Request, name: string): readonly string[] {
  return parameter(req, name)?.split(',') ?? [];
}
