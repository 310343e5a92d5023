import type { Request, Router } from 'express';
import { parameterMissing, ZohoError } from './errors.ts';
import { inView } from './in-view.ts';
import { ambiguous, pageSize, wholeNumber } from './list-query.ts';
import type { ModuleName } from './module-names.ts';
import type { Org } from './org.ts';
import { invalidParameter, parameter } from './parameters.ts';
import type { StoredRecord } from './record.ts';
import { onModule } from './record-path.ts';
import { isConverted } from './record-values.ts';
import { viewer, visibleNames } from './record-view.ts';
import { type Match, searchOf } from './search-match.ts';

/** Records a search can show, whatever it finds (facts §4.5). */
const WALL = 2_000;

/** `GET /{module}/search`: reads an index that trails the records, and ends at 2,000. */
export function addSearchRoute(router: Router, org: Org): void {
  router.get(
    '/:module/search',
    onModule('alone', (req, res, module) => {
      const match = searchOf(org, module, req);
      if (match === undefined) throw parameterMissing('criteria');
      const perPage = pageSize(req);
      const page = wholeNumber(req, 'page', 1);
      if (page * perPage > WALL) throw beyondWall();
      const rows = found(org, module, match, page * perPage + 1);
      const shown = rows.slice((page - 1) * perPage, page * perPage);
      if (shown.length === 0) return res.status(204).end();
      const fields = parameter(req, 'fields')?.split(',') ?? visibleNames(org, module);
      const more_records = rows.length > page * perPage;
      const info = { per_page: perPage, count: shown.length, page, more_records };
      return res.json({ data: shown.map(viewer(org, module, fields)), info });
    }),
  );
}

/** `GET /{module}/actions/count`: of a view or of a search, else of the module. */
export function addCountRoute(router: Router, org: Org): void {
  router.get(
    '/:module/actions/count',
    onModule('alone', (req, res, module) => {
      const match = searchOf(org, module, req);
      const isInView = viewMatch(org, module, req);
      if (match !== undefined && isInView !== undefined) throw ambiguous('cvid', 'criteria');
      const isCounted = match ?? isInView ?? (() => true);
      const records = match === undefined ? org.records[module].byId() : seen(org, module);
      let count = 0;
      for (const record of records) if (isShown(module, record) && isCounted(record)) count += 1;
      res.json({ count });
    }),
  );
}

function found(org: Org, module: ModuleName, match: Match, most: number): readonly StoredRecord[] {
  const rows: StoredRecord[] = [];
  for (const record of seen(org, module)) {
    if (!isShown(module, record) || !match(record)) continue;
    rows.push(record);
    if (rows.length === most) break;
  }
  return rows;
}

function seen(org: Org, module: ModuleName): Iterable<StoredRecord> {
  return org.records[module].seenBySearch();
}

function viewMatch(org: Org, module: ModuleName, req: Request): Match | undefined {
  const cvid = parameter(req, 'cvid');
  if (cvid === undefined) return undefined;
  const view = org.customViews.byId(cvid);
  if (view?.module !== module) throw invalidParameter('cvid');
  return inView(org, view);
}

function isShown(module: ModuleName, record: StoredRecord): boolean {
  return module !== 'Leads' || !isConverted(record);
}

function beyondWall(): ZohoError {
  const message = 'the limit of search results is exceeded';
  return new ZohoError(400, 'LIMIT_EXCEEDED', message, { limit: WALL, param_name: 'page' });
}
