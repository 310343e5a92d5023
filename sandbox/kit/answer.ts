import type { Response } from 'express';

/** An answer that a router has finished and that has not gone out yet. */
export interface PendingAnswer {
  readonly body: string;
  /** Sends it, as it is or with another body. */
  send(body?: string): void;
}

/**
 * Holds back the answer of a call whose work is done. What faults do after a write has taken effect
 * (lose the answer, cut it short, delay it, tell less than the truth) they do here.
 */
export function holdAnswer(res: Response, then: (answer: PendingAnswer) => void): void {
  const end = res.end.bind(res);
  res.end = (...parts: readonly unknown[]): Response => {
    res.end = end;
    const [chunk] = parts;
    // What is no text, such as a zip, goes out unless changed byte by byte as it was.
    const raw = Buffer.isBuffer(chunk) ? chunk : textOf(chunk);
    then({ body: textOf(chunk), send: (changed) => sendBody(res, changed ?? raw) });
    return res;
  };
}

/** Answers in place of the router, whatever headers it had set. */
export function replaceAnswer(
  res: Response,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
): void {
  for (const name of ['content-type', 'content-length']) res.removeHeader(name);
  res.status(status).set(headers);
  sendBody(res, body);
}

function sendBody(res: Response, body: string | Buffer): void {
  if (body.length > 0 || res.hasHeader('content-type')) {
    res.setHeader('content-length', Buffer.byteLength(body));
  }
  res.end(body);
}

function textOf(chunk: unknown): string {
  if (typeof chunk === 'string') return chunk;
  return Buffer.isBuffer(chunk) ? chunk.toString() : '';
}
