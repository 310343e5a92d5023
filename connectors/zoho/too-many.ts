import { retryAfterMs, waitOf } from '../../src/connector/http/retry-after.ts';
import type { RefusalBody } from './refusal-body.ts';
import type { BadAnswer, Kind } from './refusal-kind.ts';

type Limited = Pick<BadAnswer, 'retryAfter' | 'remaining' | 'isDownload'>;

/** How long one 429 of a bulk download lasts (facts §4.3). */
const downloadWaitMs = 60_000;
/** Seconds, not minutes: a place is free as soon as another call is answered (facts §8). */
const concurrencyWaitMs = { least: 1_000, spread: 2_000 } as const;

/**
 * One status for three limits: the words tell which, and where they do not, what is left of the
 * credits does (facts §8). The one place that reads the message.
 */
export function tooMany(answer: Limited, { message }: RefusalBody, random = Math.random): Kind {
  if (isOfCredits(answer, message)) return creditsSpent;
  const asked = retryAfterMs(answer.retryAfter);
  if (answer.isDownload) return waiting(asked ?? downloadWaitMs);
  const { least, spread } = concurrencyWaitMs;
  return waiting(asked ?? Math.round(least + spread * random()));
}

function isOfCredits({ remaining }: Limited, message: string): boolean {
  if (/concurren|simultaneous|active call/i.test(message)) return false;
  return /credit|24 ?hours|daily/i.test(message) || remaining === 0;
}

const creditsSpent: Kind = {
  code: 'QUOTA_SPENT',
  disposition: 'end-at-checkpoint',
  todo: 'Nothing: what was used comes back 24 hours after it was used, and the next run goes on from here. See which other apps use the org’s credits.',
};

function waiting(waitMs: number): Kind {
  return {
    code: 'RATE_LIMITED',
    todo: 'Nothing: it goes on in a moment. Lower concurrencyShare if another program uses the same client.',
    ...waitOf(waitMs),
  };
}
