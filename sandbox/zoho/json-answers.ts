import type { RequestHandler } from 'express';

/** Zoho's content type, letter by letter (facts §12.3). */
export const JSON_TYPE = 'application/json;charset=UTF-8';

/** Lets `res.json` send Zoho's content type; Express would write its own spelling over it. */
export const jsonAnswers: RequestHandler = (_req, res, next) => {
  res.json = (body: unknown) => {
    const text = Buffer.from(JSON.stringify(body));
    res.setHeader('content-type', JSON_TYPE);
    res.setHeader('content-length', text.length);
    return res.end(text);
  };
  next();
};
