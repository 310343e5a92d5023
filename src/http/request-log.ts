import type { Request, RequestHandler } from 'express';
import type { HttpInput } from './http-input.ts';
import { refusalCode } from './refusal.ts';

/** Asked every few seconds by whoever watches the process. */
const quiet: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);

/** A flood that is turned away would fill the disk with lines of it: one in this time tells of all. */
const floodMs = 1_000;

/**
 * One event a request: route, status and time, and the code of a refusal; never a path, a body or an
 * address. Of those refused for their number one a second, with how many went before it untold.
 */
export function requestLog({
  connections,
  log,
  observe = () => undefined,
}: HttpInput): RequestHandler {
  const known = new Set(connections.map(({ connection }) => connection));
  const isTold = floodGate();
  return (req, res, next) => {
    const startedAt = performance.now();
    res.once('close', () => {
      const route = routeOf(req);
      const ms = Math.round((performance.now() - startedAt) * 10) / 10;
      const facts = { method: req.method, route, status: res.statusCode, ms };
      observe({ kind: 'request', ...facts });
      const gate = isTold(res.statusCode);
      if (gate === null) return;
      const level = quiet.has(route) ? 'debug' : res.statusCode >= 500 ? 'warn' : 'info';
      const cut = res.writableFinished ? {} : { cut: true };
      const code = refusalCode(res);
      const why = code === null ? {} : { code };
      log[level](
        { ...facts, ...why, ...connectionOf(req, known), ...cut, ...gate },
        'http.request',
      );
    });
    next();
  };
}

/** What to add to the line; `null`: no line. */
function floodGate(): (status: number) => { readonly untold?: number } | null {
  let [toldAt, untold] = [Number.NEGATIVE_INFINITY, 0];
  return (status) => {
    if (status !== 429) return {};
    if (performance.now() - toldAt < floodMs) {
      untold += 1;
      return null;
    }
    const before = untold;
    [toldAt, untold] = [performance.now(), 0];
    return before === 0 ? {} : { untold: before };
  };
}

/** The pattern that matched; a path that matched none may hold anything. */
function routeOf(req: Request): string {
  const route: unknown = req.route;
  const isRoute = typeof route === 'object' && route !== null && 'path' in route;
  return isRoute && typeof route.path === 'string' ? route.path : 'none';
}

/** Only a name of ours: a caller may write anything in its place. */
function connectionOf({ params }: Request, known: ReadonlySet<string>) {
  const { connection } = params ?? {};
  return typeof connection === 'string' && known.has(connection) ? { connection } : {};
}
