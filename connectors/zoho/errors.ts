import { CallError } from '../../src/connector/http/call-error.ts';
import { quoted } from '../../src/connector/http/quoted.ts';
import { retryAfterMs } from '../../src/connector/http/retry-after.ts';
import { type RefusalBody, readRefusal } from './refusal-body.ts';
import type { BadAnswer, Kind } from './refusal-kind.ts';
import { scopesFor } from './scopes.ts';
import { tooMany } from './too-many.ts';

/** A refusal of Zoho's, with its own code for those who can do something about it. */
export class ZohoRefusal extends CallError {
  /** For example `EXPIRED_VALUE`; empty where Zoho gave none. */
  readonly zohoCode: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly status: number;

  constructor(kind: Kind & { readonly message: string }, body: RefusalBody, status: number) {
    const apiName = body.details['api_name'];
    super({ ...kind, fields: typeof apiName === 'string' ? [apiName] : [] });
    this.zohoCode = body.code;
    this.details = body.details;
    this.status = status;
  }
}

/** The one place where an answer of Zoho's becomes a decision (facts §8, BEHAVIOR 5, 6). */
export function refusal(answer: BadAnswer): ZohoRefusal {
  const body = readRefusal(answer.text);
  const { says, ...kind } = kindOf(answer, body);
  const told = quoted(says ?? toldBy(body));
  const message = `Zoho answered ${answer.status} to ${answer.call}: ${told}`;
  return new ZohoRefusal({ ...kind, message }, body, answer.status);
}

// The code goes before the status: Zoho answers some faults with another status than others do.
function kindOf(answer: BadAnswer, body: RefusalBody): Kind {
  if (answer.status === 429 || tooManyCodes.has(body.code)) return tooMany(answer, body);
  return byCode(answer, body) ?? byStatus(answer);
}

const tooManyCodes: ReadonlySet<string> = new Set(['TOO_MANY_REQUESTS', 'RATE_LIMIT_EXCEEDED']);

function byCode(answer: BadAnswer, body: RefusalBody): Kind | null {
  switch (body.code) {
    case 'INVALID_TOKEN':
    case 'AUTHENTICATION_FAILURE':
      return tokenExpired;
    case 'OAUTH_SCOPE_MISMATCH':
      return scopeMissing(answer);
    case 'NO_PERMISSION':
      return noPermission(body);
    case 'INVALID_MODULE':
      return moduleMissing(answer, body);
    case 'ALREADY_MODIFIED':
      return { code: 'CONFLICT', disposition: 'reject', todo: 'Nothing: the next run reads it.' };
    case 'INTERNAL_ERROR':
    case 'INTERNAL_SERVER_ERROR':
      return unavailable(answer);
    default:
      return null;
  }
}

function byStatus(answer: BadAnswer): Kind {
  if (answer.status >= 300 && answer.status < 400) return redirected;
  switch (answer.status) {
    case 401:
      return tokenExpired;
    case 403:
      return accessDenied;
    case 404:
      return { code: 'NOT_FOUND', disposition: 'reject', todo: 'Look whether it was deleted.' };
    case 413:
    case 414:
      return { code: 'REQUEST_TOO_LONG', disposition: 'reject', todo: 'Map fewer fields.' };
    case 408:
      return unavailable(answer);
    default:
      return answer.status >= 500 ? unavailable(answer) : requestRefused;
  }
}

function toldBy({ code, message }: RefusalBody): string {
  return [code, message].filter((part) => part !== '').join(', ') || 'no reason given';
}

const tokenExpired: Kind = {
  code: 'TOKEN_EXPIRED',
  disposition: 'refresh',
  todo: 'Nothing: the token is renewed.',
};
/** A token that was made a moment ago and is refused: it is good, but not here (BEHAVIOR 2). */
export const tokenRefused: Kind = {
  code: 'TOKEN_REFUSED',
  disposition: 'pause-connection',
  todo: 'Check `dataCentre` and `environment` in the connection’s settings: tokens work only where they were made. If both are right, authorise the client again.',
};
const redirected: Kind = {
  code: 'CALL_REDIRECTED',
  disposition: 'retry',
  mayHaveHappened: true,
  says: 'it leads somewhere else, where no token is sent',
  todo: 'Nothing at first, it is tried again. If it lasts, look for a proxy or a sign-in page between here and Zoho, and at dataCentre.',
};
const accessDenied: Kind = {
  code: 'ACCESS_DENIED',
  disposition: 'pause-connection',
  todo: 'Look whether the token belongs to this org and whether its user has the Administrator profile.',
};
const requestRefused: Kind = {
  code: 'REQUEST_REFUSED',
  disposition: 'reject',
  todo: 'The message says what Zoho does not take; run `assay doctor`.',
};

function scopeMissing({ call }: BadAnswer): Kind {
  const scopes = scopesFor(call);
  const named = scopes.length === 0 ? 'one of those in BEHAVIOR.md' : scopes.join(' and ');
  return {
    code: 'SCOPE_MISSING',
    disposition: 'pause-connection',
    says: `the token lacks a scope: the call needs ${named}`,
    todo: `Consent again with ${named} among the scopes (a self client: make a new code at api-console.zoho.com), and set the new refresh token.`,
  };
}

function noPermission({ details }: RefusalBody): Kind {
  const named = details['permissions'];
  if (!Array.isArray(named) || named.length === 0) return accessDenied;
  return { ...accessDenied, says: `the token’s user lacks the permission ${named.join(', ')}` };
}

function moduleMissing({ call }: BadAnswer, { message }: RefusalBody): Kind {
  return {
    code: 'ACCESS_DENIED',
    disposition: 'pause-connection',
    says: `${message || 'the module is not there'} (${call})`,
    todo: 'Show the module to the profile of the token’s user (Setup, Users and Control, Profiles), or see whether the edition has it.',
  };
}

/** Longest wait inside a run that an answer may ask for. */
const longestWaitMs = 60_000;

function unavailable({ retryAfter }: BadAnswer): Kind {
  const asked = retryAfterMs(retryAfter);
  return {
    code: 'CRM_UNAVAILABLE',
    disposition: 'retry',
    mayHaveHappened: true,
    ...(asked !== null && { waitMs: Math.min(asked, longestWaitMs) }),
    todo: 'Nothing at first, it is tried again. If it lasts, see status.zoho.com and run again later.',
  };
}
