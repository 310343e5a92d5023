import type { Router } from 'express';
import type { Portal } from './portal.ts';
import { objectTypeOf } from './record-lookup.ts';
import { recordView } from './record-view.ts';
import { SearchEngine } from './search-engine.ts';
import { parseSearchRequest } from './search-request.ts';

/**
 * `POST /:type/search`. Records are shown as they are now even where the index found an older
 * version: a hit may lie outside the window that was asked for (README 14).
 */
export function addSearchRoute(router: Router, portal: Portal): void {
  const engine = new SearchEngine(portal);
  router.post('/:type/search', (req, res) => {
    const type = objectTypeOf(req.params.type);
    const request = parseSearchRequest(req.body);
    const { total, slots } = engine.search(type, request);
    const end = request.offset + request.limit;
    const { properties } = request;
    res.json({
      total,
      results: slots.slice(request.offset, end).map(recordView(portal, type, { properties })),
      ...(request.limit > 0 && end < total && { paging: { next: { after: String(end) } } }),
    });
  });
}
