import type { RequestHandler } from 'express';

/** Answers carry the sandbox's time, not the machine's: clients take the server's clock from it. */
export function stampDate(clock: () => number): RequestHandler {
  return (_req, res, next) => {
    res.set('Date', new Date(clock()).toUTCString());
    next();
  };
}
