import type { Request, Router } from 'express';
import { ZohoError } from './errors.ts';
import { idOf } from './id-input.ts';
import type { ModuleName } from './module-names.ts';
import type { Org } from './org.ts';
import { parameter, requiredParameter } from './parameters.ts';
import type { RecordInput } from './record-input.ts';
import { onModule, onRecord } from './record-path.ts';
import { RecordPlace } from './record-place.ts';
import {
  createRecord,
  deleteRecord,
  updateRecord,
  type WriteContext,
  type WriteOutcome,
} from './record-writer.ts';
import { upsertRecord } from './upsert.ts';
import { answerWritten, checkUnmodified, type Written, writtenIds } from './write-answer.ts';
import {
  checkCount,
  instantHeader,
  logWrite,
  MAX_WRITTEN,
  onlyRecord,
  parseWriteBody,
  writeContext,
} from './write-request.ts';

const ADDED = 'record added';
const UPDATED = 'record updated';
const DELETED = 'record deleted';

/** Insert and upsert (facts §5.1, §5.2). */
export function addCreateRoutes(router: Router, org: Org): void {
  router.post(
    '/:module',
    onModule('data', (req, res, module) => {
      const { data } = parseWriteBody(req);
      const context = writeContext(org, res);
      const written = data.map((input, index) => ({
        outcome: createRecord(org, module, input, { ...context, index }),
        message: ADDED,
      }));
      logWrite(org, module, 'insert', writtenIds(written), req.body);
      answerWritten(org, res, written, 201);
    }),
  );

  router.post(
    '/:module/upsert',
    onModule('data', (req, res, module) => {
      const { data, duplicate_check_fields: checks } = parseWriteBody(req);
      const context = writeContext(org, res);
      const written = data.map((input, index) =>
        upsertRecord(org, module, { input, checks }, { ...context, index }),
      );
      logWrite(org, module, 'upsert', writtenIds(written), req.body);
      answerWritten(org, res, written, 200);
    }),
  );
}

/** Update in hundreds and by id. */
export function addUpdateRoutes(router: Router, org: Org): void {
  router.put(
    '/:module',
    onModule('data', (req, res, module) => {
      const { data } = parseWriteBody(req);
      const since = instantHeader(req, 'If-Unmodified-Since');
      const context = writeContext(org, res);
      const written = data.map((input, index) => ({
        outcome: update(org, module, { input, id: input['id'], since }, { ...context, index }),
        message: UPDATED,
      }));
      logWrite(org, module, 'update', writtenIds(written), req.body);
      answerWritten(org, res, written, 200);
    }),
  );

  router.put(
    '/:module/:id',
    onRecord('data', (req, res, { module, id }) => {
      const input = onlyRecord(parseWriteBody(req));
      const since = instantHeader(req, 'If-Unmodified-Since');
      const outcome = update(org, module, { input, id, since }, writeContext(org, res));
      const written = [{ outcome, message: UPDATED }];
      logWrite(org, module, 'update', writtenIds(written), req.body);
      answerWritten(org, res, written, 200);
    }),
  );
}

/** Delete by `?ids=` and by id: to the recycle bin. */
export function addDeleteRoutes(router: Router, org: Org): void {
  router.delete(
    '/:module',
    onModule('data', (req, res, module) => {
      const ids = requiredParameter(req, 'ids').split(',');
      checkCount(ids, 'ids', MAX_WRITTEN);
      const context = writeContext(org, res);
      const written = ids.map((id, index) => remove(org, module, id, { ...context, index }));
      logWrite(org, module, 'delete', writtenIds(written), automationsOf(req));
      answerWritten(org, res, written, 200);
    }),
  );

  router.delete(
    '/:module/:id',
    onRecord('data', (req, res, { module, id }) => {
      const written = [remove(org, module, id, writeContext(org, res))];
      logWrite(org, module, 'delete', writtenIds(written), automationsOf(req));
      answerWritten(org, res, written, 200);
    }),
  );
}

interface Update {
  readonly input: RecordInput;
  readonly id: unknown;
  /** Of If-Unmodified-Since, epoch milliseconds. */
  readonly since: number | undefined;
}

function update(
  org: Org,
  module: ModuleName,
  { input, id, since }: Update,
  context: WriteContext,
): WriteOutcome {
  const at = new RecordPlace(context.index);
  if (id === undefined || id === null) return { ok: false, error: at.missing('id') };
  const record = org.records[module].get(idOf(id) ?? '');
  if (record === undefined) return { ok: false, error: at.unknownId() };
  try {
    checkUnmodified(org, record, since);
  } catch (error) {
    if (error instanceof ZohoError) return { ok: false, error };
    throw error;
  }
  return updateRecord(org, module, record.id, input, context);
}

function remove(org: Org, module: ModuleName, id: string, context: WriteContext): Written {
  const outcome = deleteRecord(org, module, id, context);
  return { outcome, message: DELETED, details: { id } };
}

/** A delete has no body: `wf_trigger=false` is its empty `trigger`. */
function automationsOf(req: Request): unknown {
  return parameter(req, 'wf_trigger') === 'false' ? { trigger: [] } : {};
}
