import type { Request, RequestHandler, Response } from 'express';
import type { WebhookConnection, WebhookRequest } from '../connector/webhooks.ts';
import { isSameSecret } from '../lib/same-secret.ts';
import { calledAddress } from './called-address.ts';
import type { HttpInput, HttpLimits } from './http-input.ts';
import { RateLimiter } from './rate-limiter.ts';
import { type Refusal, refuse, tooManyHints, tooManyRequests, unknownAddress } from './refusal.ts';
import { webhookTaker } from './take-webhook.ts';

/** What a delivery that proves nothing takes from its address, beside itself. */
const fineForUnproven = 9;

/** Handlers of `POST /webhooks/:connection{/:secret}`, around the one that reads the body. */
export type WebhookRoute = {
  /** Before the body is read: who may call, and that there is such a connection. */
  readonly admit: RequestHandler;
  /** With the body as sent. */
  readonly take: RequestHandler;
};

export function webhookRoute(input: HttpInput, limits: HttpLimits): WebhookRoute {
  const { clock, observe = () => undefined } = input;
  const taker = webhookTaker(input);
  const byAddress = new RateLimiter(limits.perAddress, clock.now);
  const byConnection = new RateLimiter(limits.perConnection, clock.now);
  const byId = new Map(input.connections.map((each) => [each.connection, each]));

  const turnAway = (req: Request, res: Response, refusal: Refusal): void => {
    const connection = connectionOf(req, byId)?.connection ?? null;
    if (refusal.status < 413) byAddress.fine(callerOf(req), fineForUnproven);
    observe({ kind: 'refused', connection, code: refusal.code });
    refuse(res, refusal);
  };

  const admit: RequestHandler = (req, res, next) => {
    const wait = byAddress.take(callerOf(req));
    const to = connectionOf(req, byId);
    if (wait > 0) turnAway(req, res, tooManyRequests(wait));
    else if (to === null || !isRightPath(req, to, input)) turnAway(req, res, unknownAddress);
    else next();
  };

  const take: RequestHandler = async (req, res) => {
    const to = connectionOf(req, byId);
    if (to === null) return turnAway(req, res, unknownAddress);
    const sorted = await taker.sort(to, webhookOf(req, input.publicUrl));
    if (sorted.status === 'refused') return turnAway(req, res, refusalOf(sorted));
    if (sorted.count > limits.hints) return turnAway(req, res, tooManyHints(limits.hints));
    const wait = byConnection.take(to.connection);
    if (wait > 0) return turnAway(req, res, tooManyRequests(wait));
    await taker.keep(sorted.hints);
    const { count: hints, dropped, foreign } = sorted;
    observe({ kind: 'webhook', connection: to.connection, hints, dropped, foreign });
    res.json({ hints });
  };
  return { admit, take };
}

function connectionOf(
  { params }: Request,
  byId: ReadonlyMap<string, WebhookConnection>,
): WebhookConnection | null {
  const { connection } = params;
  return typeof connection === 'string' ? (byId.get(connection) ?? null) : null;
}

/** A secret at the end where nothing is signed, and none where it is. */
function isRightPath(
  { params }: Request,
  { connection, receiver }: WebhookConnection,
  { pathSecret, oldPathSecret }: HttpInput,
): boolean {
  const { secret } = params;
  if (receiver.proof === 'signature') return secret === undefined;
  const expected = [pathSecret(connection), oldPathSecret?.(connection) ?? null];
  return expected.some(
    (one) => one !== null && typeof secret === 'string' && isSameSecret(secret, one.reveal()),
  );
}

function callerOf(req: Request): string {
  return req.ip ?? '';
}

function webhookOf(req: Request, publicUrl: string | null): WebhookRequest {
  const { method, headers, body } = req;
  const single = Object.entries(headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : value,
  ]);
  return {
    ...{ method, url: calledAddress(req, publicUrl), headers: Object.fromEntries(single) },
    body: body instanceof Uint8Array ? body : new Uint8Array(),
  };
}

type Refused = { readonly httpStatus: number; readonly code: string; readonly message: string };

function refusalOf({ httpStatus, code, message }: Refused): Refusal {
  return {
    status: httpStatus,
    code,
    message,
    todo: todos[code] ?? 'Look the code up in the runbook.',
  };
}

const todos: Readonly<Record<string, string>> = {
  WEBHOOK_UNPROVEN:
    'Look whether the secret in the settings is that of the sending app, and whether ASSAY_PUBLIC_URL is the address that the CRM calls.',
  WEBHOOK_TOO_OLD: 'Set this machine’s clock; a delivery is good for five minutes.',
  WEBHOOK_UNREADABLE: 'Send what the CRM sends, unaltered.',
  WEBHOOKS_OFF: 'Name the app’s client secret under `webhooks` of the connection’s settings.',
};
