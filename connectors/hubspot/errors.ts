import { z } from 'zod';
import { CallError } from '../../src/connector/http/call-error.ts';
import { quoted } from '../../src/connector/http/quoted.ts';
import { retryAfterMs, waitOf } from '../../src/connector/http/retry-after.ts';
import type { Disposition } from '../../src/domain/assay-error.ts';

/** An answer that is not the one asked for. */
export type BadAnswer = {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly text: string;
  /** The call, for example `POST /crm/objects/2026-03/deals/search`. */
  readonly call: string;
  /** The access token can be renewed. */
  readonly renewable: boolean;
};

// HubSpot calls every field optional (BEHAVIOR, source `errors`).
const errorBody = z.looseObject({
  message: z.string().catch(''),
  category: z.string().catch(''),
  policyName: z.string().catch(''),
  errors: z
    .array(
      z.looseObject({
        code: z.string().catch(''),
        message: z.string().catch(''),
        context: z.record(z.string(), z.array(z.string())).catch({}),
      }),
    )
    .catch([]),
});
type ErrorBody = z.output<typeof errorBody>;

type Kind = {
  readonly code: string;
  readonly disposition: Disposition;
  readonly todo: string;
  readonly waitMs?: number;
  readonly mayHaveHappened?: boolean;
  readonly says?: string;
};

/** The one place where an answer of HubSpot's becomes a decision (BEHAVIOR 4, 5). */
export function refusal(answer: BadAnswer): CallError {
  const body = parseBody(answer.text);
  const { says, ...kind } = kindOf(answer, body);
  const told = quoted(says ?? body.message) || 'no reason given';
  return new CallError({
    ...kind,
    message: `HubSpot answered ${answer.status} to ${answer.call}: ${told}`,
    fields: body.errors.flatMap(({ context }) => context['propertyName'] ?? []),
  });
}

/** Whom a call would be repeated to is not to be known. */
function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}

function kindOf(answer: BadAnswer, body: ErrorBody): Kind {
  const asked = retryAfterMs(answer.retryAfter);
  if (isRedirect(answer.status)) return redirected;
  switch (answer.status) {
    case 401:
      return answer.renewable ? tokenExpired : tokenRefused;
    case 403:
      return body.category === 'MISSING_SCOPES' ? scopeMissing(body) : accessDenied;
    case 404:
      return { code: 'NOT_FOUND', disposition: 'reject', todo: 'Look whether it was deleted.' };
    case 409:
      return { code: 'CONFLICT', disposition: 'reject', todo: 'Rename one of the two.' };
    case 413:
    case 414:
      return { code: 'REQUEST_TOO_LONG', disposition: 'reject', todo: 'Map fewer properties.' };
    case 408:
      return unavailable(asked);
    case 423:
      return locked(asked);
    case 429:
      return tooMany(body, asked);
    case 477:
      return migrating(asked);
    default:
      return answer.status >= 500 ? unavailable(asked) : requestRefused;
  }
}

const tokenExpired: Kind = {
  code: 'TOKEN_EXPIRED',
  disposition: 'refresh',
  todo: 'Nothing: the token is renewed.',
};
export const tokenRefused: Kind = {
  code: 'TOKEN_REFUSED',
  disposition: 'pause-connection',
  todo: 'Make a new service key or token in HubSpot (Settings, Integrations) and put it in the environment variable.',
};
const redirected: Kind = {
  code: 'CALL_REDIRECTED',
  disposition: 'retry',
  mayHaveHappened: true,
  says: 'it leads somewhere else, where no token is sent',
  todo: 'Nothing at first, it is tried again. If it lasts, look for a proxy or a sign-in page between here and HubSpot, and at baseUrl.',
};
const accessDenied: Kind = {
  code: 'ACCESS_DENIED',
  disposition: 'pause-connection',
  todo: 'Look whether the token belongs to this portal and whether its owner may do this.',
};
const requestRefused: Kind = {
  code: 'REQUEST_REFUSED',
  disposition: 'reject',
  todo: 'The message says what HubSpot does not take; run `assay doctor`.',
};

function scopeMissing({ errors }: ErrorBody): Kind {
  const scopes = errors.flatMap(
    ({ context }) => context['requiredGranularScopes'] ?? context['requiredScopes'] ?? [],
  );
  const named = scopes.length === 0 ? 'the scopes named in BEHAVIOR.md' : scopes.join(' or ');
  return {
    code: 'SCOPE_MISSING',
    disposition: 'pause-connection',
    says: `the token lacks a scope: ${named}`,
    todo: `Give the key or app the scope ${named}, then run again.`,
  };
}

function locked(asked: number | null): Kind {
  return {
    code: 'RECORD_LOCKED',
    todo: 'Nothing: HubSpot locks records for some seconds during a large sync.',
    ...waitOf(Math.max(2_000, asked ?? 0)),
  };
}

// Three limits with three answers; the policy's name decides, the message where it is missing.
function tooMany({ policyName, message }: ErrorBody, asked: number | null): Kind {
  const name = policyName.toUpperCase();
  const isDaily = name === 'DAILY' || (name === '' && /\bdaily\b/i.test(message));
  if (isDaily)
    return {
      code: 'QUOTA_SPENT',
      disposition: 'end-at-checkpoint',
      todo: 'Nothing: the next run after midnight (account time) goes on from here. See which other apps use the account’s calls.',
    };
  const isSecondly = name === 'SECONDLY' || (name === '' && /\bsecondly\b/i.test(message));
  if (isSecondly)
    return {
      code: 'SEARCH_LIMITED',
      todo: 'Nothing: another app searches in this portal too. Lower rateShare if it lasts.',
      ...waitOf(asked ?? 1_000),
    };
  return {
    code: 'RATE_LIMITED',
    todo: 'Nothing: it goes on in a moment. Lower rateShare if the same token is used elsewhere.',
    ...waitOf(asked ?? 10_000),
  };
}

/** Longest wait inside a run for a portal that is being moved to another data centre. */
const longestMoveMs = 60_000;

function migrating(asked: number | null): Kind {
  const isShort = asked !== null && asked <= longestMoveMs;
  const hours = asked === null ? 'up to a day' : `about ${Math.ceil(asked / 60_000)} minutes`;
  return {
    code: 'PORTAL_MIGRATING',
    disposition: isShort ? 'wait' : 'pause-connection',
    ...(isShort && { waitMs: asked }),
    says: `the portal is moving to another data centre, ${hours}`,
    todo: 'Run again when HubSpot has moved the portal; nothing is lost.',
  };
}

function unavailable(asked: number | null): Kind {
  return {
    code: 'CRM_UNAVAILABLE',
    disposition: 'retry',
    mayHaveHappened: true,
    ...(asked !== null && { waitMs: Math.min(asked, longestMoveMs) }),
    todo: 'Nothing at first, it is tried again. If it lasts, see status.hubspot.com and run again later.',
  };
}

function parseBody(text: string): ErrorBody {
  const empty = { message: '', category: '', policyName: '', errors: [] };
  try {
    return errorBody.safeParse(JSON.parse(text)).data ?? empty;
  } catch {
    return empty;
  }
}
