import type { Request, Response, Router } from 'express';
import { userIdOf } from './auth.ts';
import { invalidId, ZohoError } from './errors.ts';
import { instantText } from './instant.ts';
import { ambiguous, type ListQuery, parseListQuery, wholeNumber } from './list-query.ts';
import { listRows, positionOf } from './list-rows.ts';
import type { Org } from './org.ts';
import { type PageStart, PageTokens, type TokenOwner } from './page-tokens.ts';
import { parameter } from './parameters.ts';
import type { StoredRecord } from './record.ts';
import { onModule, onRecord } from './record-path.ts';
import { shownTimeZone, viewer, viewOf, visibleNames } from './record-view.ts';

/** Records that `page` reaches, and that `page_token` reaches (facts §1). */
const DISCRETE_DEPTH = 2_000;
const TOKEN_DEPTH = 100_000;

const firstPage: PageStart = { after: null, before: 0, page: 1, previous: null };

/** `GET /{module}`: with `fields`, in pages; 204 without rows, 304 with none newer (facts §4.1). */
export function addListRoute(router: Router, org: Org): void {
  const tokens = new PageTokens();
  router.get(
    '/:module',
    onModule('alone', (req, res, module) => {
      const query = parseListQuery(org, req, module);
      const owner = { userId: userIdOf(res), fingerprint: JSON.stringify(query) };
      const start = startOf(req, tokens, owner, org.clock());
      checkDepth(start, query.perPage, parameter(req, 'page_token') !== undefined);
      const { rows, hasMore } = pageOf(org, query, start);
      if (rows.length === 0) return answerNone(res, query, start);
      const turn = { tokens, owner, start, rows };
      const links = hasMore ? linksOf(org, query, turn) : lastLinks(start);
      const data = rows.map(viewer(org, module, query.fields));
      res.json({ data, info: { ...infoOf(query, start, rows.length), ...links } });
    }),
  );
}

/** `GET /{module}/{id}`: all fields that may be seen, or those named. */
export function addRecordRoute(router: Router, org: Org): void {
  router.get(
    '/:module/:id',
    onRecord('alone', (req, res, { module, id }) => {
      const record = org.records[module].get(id);
      if (record === undefined) throw invalidId();
      const fields = parameter(req, 'fields')?.split(',') ?? visibleNames(org, module);
      res.json({ data: [viewOf(org, module, record, fields)] });
    }),
  );
}

function startOf(req: Request, tokens: PageTokens, owner: TokenOwner, now: number): PageStart {
  const token = parameter(req, 'page_token');
  if (token === undefined) return { ...firstPage, page: wholeNumber(req, 'page', 1) };
  if (parameter(req, 'page') !== undefined) throw ambiguous('page', 'page_token');
  return tokens.redeem(token, owner, now);
}

function checkDepth({ before, page }: PageStart, perPage: number, isByToken: boolean): void {
  if (!isByToken && page * perPage > DISCRETE_DEPTH) {
    const message = 'the limit of discrete pagination is exceeded, use page_token';
    const details = { limit: DISCRETE_DEPTH };
    throw new ZohoError(400, 'DISCRETE_PAGINATION_LIMIT_EXCEEDED', message, details);
  }
  if (before + perPage <= TOKEN_DEPTH) return;
  const message = 'the limit of pagination is exceeded';
  const details = { param_name: 'page_token' };
  throw new ZohoError(400, 'PAGINATION_LIMIT_EXCEEDED', message, details);
}

/** The page's rows; of a page by number, those before it are walked past. */
function pageOf(org: Org, query: ListQuery, { after, page }: PageStart) {
  const { perPage } = query;
  let skip = after === null ? (page - 1) * perPage : 0;
  const rows: StoredRecord[] = [];
  for (const record of listRows(org, query, after)) {
    if (skip > 0) skip -= 1;
    else if (rows.length === perPage) return { rows, hasMore: true };
    else rows.push(record);
  }
  return { rows, hasMore: false };
}

function answerNone(res: Response, { since }: ListQuery, { after, page }: PageStart): void {
  const isFirst = after === null && page === 1;
  res.status(since !== null && isFirst ? 304 : 204).end();
}

interface Turn {
  readonly tokens: PageTokens;
  readonly owner: TokenOwner;
  readonly start: PageStart;
  readonly rows: readonly StoredRecord[];
}

function linksOf(org: Org, query: ListQuery, { tokens, owner, start, rows }: Turn) {
  const now = org.clock();
  const last = rows.at(-1);
  const own = tokens.issue(owner, start, now).token;
  const next = {
    after: last === undefined ? null : positionOf(query, last),
    before: beforeOf(query, start) + rows.length,
    ...{ page: start.page + 1, previous: own },
  };
  const { token, expiresAt } = tokens.issue(owner, next, now);
  return {
    more_records: true,
    next_page_token: token,
    previous_page_token: start.previous,
    page_token_expiry: instantText(expiresAt, shownTimeZone(org)),
  };
}

function beforeOf({ perPage }: ListQuery, { after, before, page }: PageStart): number {
  return after === null ? (page - 1) * perPage : before;
}

function lastLinks({ previous }: PageStart) {
  return {
    ...{ more_records: false, next_page_token: null, previous_page_token: previous },
    page_token_expiry: null,
  };
}

function infoOf({ perPage, sortBy, sortOrder }: ListQuery, { page }: PageStart, count: number) {
  const order = { sort_by: sortBy, sort_order: sortOrder };
  return { per_page: perPage, count, page, ...order, call: false, email: false };
}
