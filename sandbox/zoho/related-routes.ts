import type { Request, Response, Router } from 'express';
import { z } from 'zod';
import { invalidId, ZohoError } from './errors.ts';
import { idOf } from './id-input.ts';
import { fieldsOf, pageSize, wholeNumber } from './list-query.ts';
import type { Org } from './org.ts';
import { pathPart, requiredParameter } from './parameters.ts';
import { parseInput } from './parse-input.ts';
import { onRecord, type RecordHandler, type RecordPath, type Shape } from './record-path.ts';
import { RecordPlace } from './record-place.ts';
import { type RecordView, viewer } from './record-view.ts';
import { type RelatedList, type RelatedRow, relatedList } from './related-lists.ts';
import { relationFields } from './relation-values.ts';
import { stageRows } from './stage-rows.ts';
import { checkCount, MAX_WRITTEN, writeContext } from './write-request.ts';

const relationBody = z.object({ data: z.array(z.record(z.string(), z.unknown())).min(1) });
const LIST = '/:module/:id/:related';

/** `GET /{module}/{id}/{relatedList}?fields=` (facts §4.5). */
export function addRelatedRoute(router: Router, org: Org): void {
  const onList = listHandler(org, 'alone');
  router.get('/Deals/:id/Stage_History', (req, res, next) => {
    const id = pathPart(req, 'id');
    if (org.records.Deals.get(id) === undefined) return next(invalidId());
    return answerPage(req, res, stageRows(org, id, fieldsOf(req)));
  });
  router.get(
    LIST,
    onList((req, res, path, list) => {
      const fields = fieldsOf(req);
      const show = viewer(org, list.module, fields);
      const rows = list.rows(org, path);
      answerPage(
        req,
        res,
        rows.map((row) => ({ ...show(row.record), ...besideOf(row, fields) })),
      );
    }),
  );
}

/** `GET /{module}/deleted/{id}/{relatedList}`: what still belongs to a record in the recycle bin. */
export function addDeletedRelatedRoute(router: Router, org: Org): void {
  router.get(
    '/:module/deleted/:id/:related',
    onRecord('alone', (req, res, path) => {
      const list = relatedList(path.module, pathPart(req, 'related'));
      if (list === undefined) throw unknownList();
      if (org.records[path.module].getDeleted(path.id)?.type !== 'recycle') throw invalidId();
      const rows = list.rows(org, path).map(({ record }) => record);
      answerPage(req, res, rows.map(viewer(org, list.module, fieldsOf(req))));
    }),
  );
}

/** `PUT` links, or changes a relation; `DELETE` unlinks. Up to 100 at once, or one by its id. */
export function addRelationRoutes(router: Router, org: Org): void {
  const onList = listHandler(org, 'data');
  router.put(
    LIST,
    onList((req, res, path, list) => {
      const { data } = parseInput(relationBody, req.body);
      answerEach(res, data, (values, index) => link(org, res, { path, list, values, index }));
    }),
  );
  router.put(
    `${LIST}/:relatedId`,
    onList((req, res, path, list) => {
      const { data } = parseInput(relationBody, req.body);
      const values = { ...data[0], id: pathPart(req, 'relatedId') };
      answerEach(res, [values], (each, index) =>
        link(org, res, { path, list, values: each, index }),
      );
    }),
  );
  router.delete(
    LIST,
    onList((req, res, path, list) => {
      const ids = requiredParameter(req, 'ids').split(',');
      answerEach(res, ids, (id, index) => unlink(org, res, { path, list, id, index }));
    }),
  );
  router.delete(
    `${LIST}/:relatedId`,
    onList((req, res, path, list) => {
      const ids = [pathPart(req, 'relatedId')];
      answerEach(res, ids, (id, index) => unlink(org, res, { path, list, id, index }));
    }),
  );
}

type ListHandler = (req: Request, res: Response, path: RecordPath, list: RelatedList) => void;

/** Of a live record and a list that its module has; other words are passed on. */
function listHandler(org: Org, shape: Shape) {
  return (handle: ListHandler) => {
    const onIt: RecordHandler = (req, res, path) => {
      const list = relatedList(path.module, pathPart(req, 'related'));
      if (list === undefined) throw unknownList();
      if (org.records[path.module].get(path.id) === undefined) throw invalidId();
      handle(req, res, path, list);
    };
    return onRecord(shape, onIt);
  };
}

interface Relation {
  readonly path: RecordPath;
  readonly list: RelatedList;
  readonly index: number;
}

function link(org: Org, res: Response, relation: Relation & { readonly values: RecordView }) {
  const { path, list, values, index } = relation;
  const id = idOf(values['id']) ?? '';
  if (org.records[list.module].get(id) === undefined) throw new RecordPlace(index).unknownId();
  list.link(org, path, { id, values }, { ...writeContext(org, res), index });
  return { id, message: 'relation added' };
}

function unlink(org: Org, res: Response, relation: Relation & { readonly id: string }) {
  const { path, list, id, index } = relation;
  list.unlink(org, path, id, { ...writeContext(org, res), index });
  return { id, message: 'relation removed' };
}

type Related = { readonly id: string; readonly message: string };

function answerEach<T>(
  res: Response,
  inputs: readonly T[],
  act: (input: T, index: number) => Related,
): void {
  checkCount(inputs, 'data', MAX_WRITTEN);
  const data = inputs.map((input, index) => {
    try {
      const { id, message } = act(input, index);
      return { code: 'SUCCESS', details: { id }, message, status: 'success' };
    } catch (error) {
      if (error instanceof ZohoError) return error.render();
      throw error;
    }
  });
  const failed = data.filter(({ status }) => status === 'error').length;
  res.status(failed === 0 ? 200 : failed === data.length ? 400 : 207).json({ data });
}

function answerPage(req: Request, res: Response, rows: readonly RecordView[]): void {
  const [perPage, page] = [pageSize(req), wholeNumber(req, 'page', 1)];
  const data = rows.slice((page - 1) * perPage, page * perPage);
  const more_records = rows.length > page * perPage;
  if (data.length === 0) res.status(204).end();
  else res.json({ data, info: { per_page: perPage, count: data.length, page, more_records } });
}

function besideOf({ beside }: RelatedRow, fields: readonly string[]): RecordView {
  const asked = Object.entries(beside).filter(
    ([name]) => relationFields.has(name) && fields.includes(name),
  );
  return Object.fromEntries(asked);
}

function unknownList(): ZohoError {
  return new ZohoError(400, 'INVALID_DATA', 'the related list name given seems to be invalid', {
    resource_path_index: 2,
  });
}
