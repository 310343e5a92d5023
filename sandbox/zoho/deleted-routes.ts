import type { Request, Router } from 'express';
import { ZohoError } from './errors.ts';
import { instantText } from './instant.ts';
import { pageSize, wholeNumber } from './list-query.ts';
import type { ModuleName } from './module-names.ts';
import type { Org } from './org.ts';
import { invalidParameter, parameter } from './parameters.ts';
import type { DeletedRecord } from './record.ts';
import { onModule } from './record-path.ts';
import { compareIds } from './record-store.ts';
import { nameOf } from './record-values.ts';
import { type RecordView, shownTimeZone } from './record-view.ts';
import { instantHeader } from './write-request.ts';

const types = ['all', 'recycle', 'permanent'] as const;

/** `GET /{module}/deleted`: what left, latest first, without page tokens (facts §4.4). */
export function addDeletedRoute(router: Router, org: Org): void {
  router.get(
    '/:module/deleted',
    onModule('data', (req, res, module) => {
      const perPage = pageSize(req);
      const page = wholeNumber(req, 'page', 1);
      checkDepth(org, page * perPage);
      const since = instantHeader(req, 'If-Modified-Since');
      const found = deletedOf(org, req, module, since);
      const rows = found.slice((page - 1) * perPage, page * perPage);
      if (rows.length === 0) return res.status(since !== undefined && page === 1 ? 304 : 204).end();
      const more_records = found.length > page * perPage;
      const info = { per_page: perPage, count: rows.length, page, more_records };
      return res.json({ data: rows.map((row) => deletedView(org, module, row)), info });
    }),
  );
}

function deletedOf(org: Org, req: Request, module: ModuleName, since = Number.NEGATIVE_INFINITY) {
  const text = parameter(req, 'type') ?? 'all';
  const type = types.find((each) => each === text);
  if (type === undefined) throw invalidParameter('type');
  return org.records[module]
    .deleted()
    .filter((deletion) => type === 'all' || deletion.type === type)
    .filter(({ deletedAt }) => deletedAt > since)
    .toSorted((a, b) => b.deletedAt - a.deletedAt || compareIds(b.record.id, a.record.id));
}

/** Whether this list has the wall of the others is not known: an option (facts §4.4 [?]). */
function checkDepth({ options }: Org, depth: number): void {
  const limit = options.deletedLimit;
  if (limit === null || depth <= limit) return;
  const message = 'the limit of discrete pagination is exceeded';
  throw new ZohoError(400, 'DISCRETE_PAGINATION_LIMIT_EXCEEDED', message, { limit });
}

/** Of what is gone for good, neither the name nor the users are told. */
function deletedView(org: Org, module: ModuleName, deletion: DeletedRecord): RecordView {
  const { record, type, deletedAt, deletedBy } = deletion;
  const isKept = type === 'recycle';
  const user = (id: string) => (isKept ? { name: org.users.byId(id)?.name ?? '', id } : null);
  return {
    id: record.id,
    display_name: isKept ? nameOf(module, record) : null,
    type,
    deleted_time: instantText(deletedAt, shownTimeZone(org)),
    deleted_by: user(deletedBy),
    created_by: user(record.createdBy),
  };
}
