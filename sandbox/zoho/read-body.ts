import express, { type Request, type RequestHandler } from 'express';
import { endpointOf } from './auth.ts';
import { ZohoError } from './errors.ts';
import { parseJson } from './parse-json.ts';

/** The largest zip is 25 MB (facts §5.4), and a sandbox should say so itself, not its parser. */
const limit = '64mb';

/**
 * Reads every body whatever its content type, for many clients send none (facts §2.2): `req.body`
 * is the parsed JSON, or the raw Buffer of a multipart or zip body and of the token endpoints.
 */
export const readBody: readonly RequestHandler[] = [
  express.raw({ type: () => true, limit }),
  (req, res, next) => {
    const isForm = endpointOf(res)?.isOpen === true;
    if (!isForm && Buffer.isBuffer(req.body) && !isBinary(req)) req.body = parsed(req.body);
    next();
  },
];

function isBinary(req: Request): boolean {
  return /^(multipart\/|application\/(zip|x-zip|octet-stream))/.test(req.get('content-type') ?? '');
}

function parsed(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  try {
    return parseJson(body.toString());
  } catch {
    // What Zoho says of a body that is no JSON is in no source; its code for bad data is taken.
    throw new ZohoError(400, 'INVALID_DATA', 'body is not valid JSON');
  }
}
