import type { Request, RequestHandler } from 'express';
import { assertNever } from '../../src/lib/assert-never.ts';
import type { FaultPlan } from '../kit/fault-plan.ts';
import { applyWireFault, type WireFault } from '../kit/wire-fault.ts';
import { authenticationFailure, identityOf, invalidToken, scopeMismatch } from './auth.ts';
import { applyBatchFault } from './batch-faults.ts';
import { hits } from './batch-request.ts';
import { ZohoError } from './errors.ts';
import { type BatchFault, type FaultEffect, isJobEffect, type JobEffect } from './fault-effect.ts';
import { JSON_TYPE } from './json-answers.ts';
import { notePolicy } from './price-call.ts';
import type { Tokens } from './tokens.ts';
import { tooMany } from './too-many.ts';

/** What faults need of the org. */
export interface FaultContext {
  readonly plan: FaultPlan<FaultEffect>;
  readonly tokens: Tokens;
  /** As records carry it: whole seconds. */
  readonly now: () => number;
}

/** Gives a call the fault that waits for it, if any. Stands behind auth and limits: real calls count. */
export function injectFaults({ plan, tokens, now }: FaultContext): RequestHandler {
  return (req, res, next) => {
    const call = { method: req.method, path: req.path };
    const effect = plan.draw(call, (each) => concerns(each, req));
    if (effect === undefined || isJobEffect(effect)) {
      next();
      return;
    }
    if (effect.kind === 'partial' || effect.kind === 'silent') {
      applyBatchFault(effect, req, res, next, now());
      return;
    }
    if (endsToken(effect)) tokens.expire(identityOf(res)?.token ?? '');
    if (effect.kind === 'tooMany') notePolicy(res, effect.limit);
    applyWireFault(onTheWire(effect), res, next);
  };
}

function concerns(effect: FaultEffect, req: Request): boolean {
  if (isJobEffect(effect)) return false;
  if (effect.kind === 'pageTokenExpired') return req.query['page_token'] !== undefined;
  if (effect.kind === 'partial' || effect.kind === 'silent') return hits(req, effect.recordIds);
  return true;
}

function endsToken(effect: FaultEffect): boolean {
  if (effect.kind === 'authenticationFailure') return effect.expires;
  return effect.kind === 'expireToken';
}

function onTheWire(effect: Exclude<FaultEffect, BatchFault | JobEffect>): WireFault {
  switch (effect.kind) {
    case 'tooMany':
      return reply(tooMany(effect.limit));
    case 'expireToken':
      return reply(invalidToken());
    case 'authenticationFailure':
      return reply(authenticationFailure());
    case 'scopeMismatch':
      return reply(scopeMismatch());
    case 'noPermission':
      return reply(noPermission(effect.permission));
    case 'serverError':
      return reply(new ZohoError(500, 'INTERNAL_ERROR', 'Internal Server Error'), effect.when);
    case 'pageTokenExpired':
      return reply(pageTokenExpired());
    case 'reply':
    case 'html':
    case 'empty':
    case 'reset':
    case 'slow':
    case 'truncated':
      return effect;
    default:
      return assertNever(effect);
  }
}

function noPermission(permission: string): ZohoError {
  const details = { permissions: [permission] };
  return new ZohoError(403, 'NO_PERMISSION', 'permission denied', details);
}

function pageTokenExpired(): ZohoError {
  const details = { api_name: 'page_token' };
  return new ZohoError(400, 'EXPIRED_VALUE', 'The given page_token has expired', details);
}

function reply(error: ZohoError, when: 'before' | 'after' = 'before'): WireFault {
  const headers = { 'content-type': JSON_TYPE, ...error.headers };
  return { kind: 'reply', status: error.status, headers, body: error.render(), when };
}
