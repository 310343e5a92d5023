import type { ConcurrencyLimit } from './concurrency.ts';
import { ZohoError } from './errors.ts';

/** The limits that answer with a 429. */
export const callLimits = ['concurrency', 'subConcurrency', 'credits'] as const;
export type CallLimit = ConcurrencyLimit | 'credits';

// One code for all; the words tell which, and no source has them: these are the sandbox's (facts §8).
const messages: Readonly<Record<CallLimit, string>> = {
  concurrency: 'The concurrency limit has been reached: too many calls are active for this org.',
  subConcurrency:
    'The sub-concurrency limit has been reached: too many complex calls are active for this org.',
  credits: 'The API credits available for the last 24 hours are used up.',
};

/** 429 of one limit (facts §8). */
export function tooMany(
  limit: CallLimit,
  headers: Readonly<Record<string, string>> = {},
): ZohoError {
  return new ZohoError(429, 'TOO_MANY_REQUESTS', messages[limit], {}, headers);
}
