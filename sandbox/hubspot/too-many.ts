import { randomUUID } from 'node:crypto';
import { ApiError } from './errors.ts';
import type { Policy } from './rate-limiter.ts';

// The official client compares the SECONDLY message word by word.
const messages: Readonly<Record<Policy, string>> = {
  TEN_SECONDLY_ROLLING: 'You have reached your ten_secondly_rolling limit.',
  SECONDLY: 'You have reached your secondly limit.',
  DAILY: 'You have reached your daily limit.',
};

/** 429 of one policy. There is no Retry-After: HubSpot documents none (README C18). */
export function tooMany(policyName: Policy, headers: Readonly<Record<string, string>>): ApiError {
  const body = {
    status: 'error',
    message: messages[policyName],
    errorType: 'RATE_LIMIT',
    policyName,
    requestId: randomUUID(),
  } as const;
  return new ApiError(429, body, headers);
}
