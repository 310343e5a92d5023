import type { Request, RequestHandler } from 'express';
import type { HttpInput } from './http-input.ts';

/** Asked every few seconds by whoever watches the process. */
const quiet: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);

/** One event a request: route, status and time, never a path, a body or an address. */
export function requestLog({
  connections,
  log,
  observe = () => undefined,
}: HttpInput): RequestHandler {
  const known = new Set(connections.map(({ connection }) => connection));
  return (req, res, next) => {
    const startedAt = performance.now();
    res.once('close', () => {
      const route = routeOf(req);
      const ms = Math.round((performance.now() - startedAt) * 10) / 10;
      const facts = { method: req.method, route, status: res.statusCode, ms };
      observe({ kind: 'request', ...facts });
      const level = quiet.has(route) ? 'debug' : res.statusCode >= 500 ? 'warn' : 'info';
      const cut = res.writableFinished ? {} : { cut: true };
      log[level]({ ...facts, ...connectionOf(req, known), ...cut }, 'http.request');
    });
    next();
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
