import type { Request } from 'express';

/** The address this server was called at, so that links in answers lead back to it. */
export function originOf(req: Request): string {
  return `${req.protocol}://${req.get('host') ?? 'localhost'}`;
}

/** `paging` of an answer: the cursor, and the same request with it. Nothing after the last page. */
export function nextPage(req: Request, after: number | string | undefined) {
  if (after === undefined) return {};
  const url = new URL(req.originalUrl, originOf(req));
  url.searchParams.set('after', String(after));
  return { paging: { next: { after: String(after), link: url.href } } };
}
