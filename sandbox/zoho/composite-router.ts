import express, { type Request } from 'express';
import { type CompositePart, compositeParts, compositeRequest } from './composite-request.ts';
import { ZohoError } from './errors.ts';
import type { Org } from './org.ts';
import { snapshot } from './snapshot.ts';

/** Marks a call as part of a composite one, which has been counted and paid already. */
export const PART_HEADER = 'x-sandbox-part';

/** What one part was answered. */
interface PartAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/**
 * `POST /__composite_requests` (facts §5.5): up to five calls in one. Each goes through the app
 * itself, with the caller's token. With `rollback_on_fail` the records are as before when one fails.
 */
export function compositeRouter(org: Org, partSecret: string): express.Router {
  const router = express.Router();
  router.post('/__composite_requests', async (req, res) => {
    const { parallel, rollback, parts } = readRequest(req.body);
    const call = (part: CompositePart) => callPart(req, part, partSecret);
    const restore = rollback ? snapshot(org) : undefined;
    const answers = parallel
      ? await Promise.all(parts.map(call))
      : await inTurn(parts, call, rollback);
    const failed = answers.some(isFailure);
    if (failed) restore?.();
    const status = failed ? 207 : 200;
    res.status(status).json({
      __composite_requests: answers.map((answer) => rendered(answer, failed && rollback)),
    });
  });
  return router;
}

function readRequest(body: unknown) {
  const parsed = compositeRequest.safeParse(body);
  if (!parsed.success) throw invalid('__composite_requests');
  const { parallel_execution: parallel, rollback_on_fail: rollback } = parsed.data;
  if (parallel && rollback) throw ambiguous();
  const parts = compositeParts(body);
  // One within another would be counted for nothing.
  if (parts.some(({ path }) => path.endsWith('/__composite_requests'))) throw invalid('uri');
  return { parallel, rollback, parts };
}

async function inTurn(
  parts: readonly CompositePart[],
  call: (part: CompositePart) => Promise<PartAnswer>,
  endsOnFailure: boolean,
): Promise<readonly PartAnswer[]> {
  const answers: PartAnswer[] = [];
  for (const part of parts) {
    const answer = await call(part);
    answers.push(answer);
    if (endsOnFailure && isFailure(answer)) break;
  }
  return answers;
}

async function callPart(
  req: Request,
  { method, path, query, headers, body }: CompositePart,
  partSecret: string,
): Promise<PartAnswer> {
  const url = new URL(path, `http://127.0.0.1:${req.socket.localPort}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const authorization = req.get('authorization') ?? '';
  const answer = await fetch(url, {
    method,
    headers: { ...headers, authorization, [PART_HEADER]: partSecret },
    ...(body === undefined || method === 'GET' ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const type = answer.headers.get('content-type');
  return {
    status: answer.status,
    headers: type === null ? {} : { 'content-type': type },
    body: text === '' ? null : JSON.parse(text),
  };
}

// A mixed answer is a failure too: part of what it was to do has not been done.
function isFailure({ status }: PartAnswer): boolean {
  return status === 207 || status >= 400;
}

function rendered({ status, headers, body }: PartAnswer, isUndone: boolean) {
  const details = { response: { status_code: status, headers, body } };
  if (isUndone)
    return {
      code: 'ROLLED_BACK',
      details,
      message: 'composite request rolled back',
      status: 'error',
    };
  return { code: 'SUCCESS', details, message: 'composite request executed', status: 'success' };
}

function invalid(name: string): ZohoError {
  const details = { api_name: name, json_path: `$.${name}` };
  return new ZohoError(400, 'INVALID_DATA', 'invalid data', details);
}

function ambiguous(): ZohoError {
  const details = { api_names: ['parallel_execution', 'rollback_on_fail'] };
  return new ZohoError(400, 'AMBIGUITY_DURING_PROCESSING', 'ambiguity while processing', details);
}
