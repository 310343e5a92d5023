import type { RequestHandler, Response } from 'express';
import { assertNever } from '../../src/lib/assert-never.ts';
import type { FaultPlan } from '../kit/fault-plan.ts';
import { applyWireFault, type WireFault } from '../kit/wire-fault.ts';
import { identityOf } from './auth.ts';
import { applyBatchFault } from './batch-faults.ts';
import { concerns } from './batch-request.ts';
import { ApiError, renderError, unauthorized } from './errors.ts';
import type { FaultEffect } from './fault-effect.ts';
import type { Tokens } from './tokens.ts';
import { tooMany } from './too-many.ts';

/** What faults need of the portal. */
export interface FaultContext {
  readonly plan: FaultPlan<FaultEffect>;
  readonly tokens: Tokens;
  readonly clock: () => number;
}

/** Gives a call the fault that waits for it, if any. Stands behind auth and limits: real calls count. */
export function injectFaults({ plan, tokens, clock }: FaultContext): RequestHandler {
  return (req, res, next) => {
    const effect = plan.draw(
      { method: req.method, path: req.path },
      (each) => each.kind !== 'poison' || concerns(req, each.recordId),
    );
    if (effect === undefined) {
      next();
      return;
    }
    if (effect.kind === 'partial' || effect.kind === 'silent') {
      applyBatchFault(effect, req, res, next, clock());
      return;
    }
    if (effect.kind === 'expireToken') tokens.expire(identityOf(res)?.token ?? '');
    if (effect.kind === 'tooMany') notePolicy(res, effect.policy);
    applyWireFault(onTheWire(effect), res, next);
  };
}

/** The rate limit that refused this call, for the call log. */
export function notePolicy(res: Response, policy: string): void {
  res.locals['policy'] = policy;
}

function onTheWire(effect: Exclude<FaultEffect, { kind: 'partial' | 'silent' }>): WireFault {
  switch (effect.kind) {
    case 'tooMany':
      return reply(tooMany(effect.policy, {}));
    case 'locked':
      return reply(failure(423, 'The resource is locked. Try again in two seconds.', 'LOCKED'));
    case 'migrating': {
      const headers = { 'Retry-After': String(effect.retryAfterSeconds) };
      return reply(
        failure(477, 'This account is being migrated.', 'MIGRATION_IN_PROGRESS', headers),
      );
    }
    case 'serverError':
      return reply(failure(500, 'internal error', 'INTERNAL_ERROR'), effect.when);
    case 'poison':
      return reply(failure(effect.status, ...poisoned(effect)));
    case 'expireToken':
      return reply(
        unauthorized(
          'EXPIRED_AUTHENTICATION',
          'The OAuth token used to make this call expired 0 second(s) ago.',
        ),
      );
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

// The record is named nowhere: a client has to halve the batch to find it.
function poisoned({ status }: Extract<FaultEffect, { kind: 'poison' }>): [string, string] {
  if (status === 409) return ['A record with that value already exists.', 'CONFLICT'];
  return ['Property values were not valid', 'VALIDATION_ERROR'];
}

function failure(
  status: number,
  message: string,
  category: string,
  headers: Readonly<Record<string, string>> = {},
): ApiError {
  return new ApiError(status, { status: 'error', message, category }, headers);
}

function reply(error: ApiError, when: 'before' | 'after' = 'before'): WireFault {
  const { status, headers } = error;
  return { kind: 'reply', status, headers: { ...headers }, body: renderError(error), when };
}
