import { describe, expect, it } from 'vitest';
import { CallError } from '../../src/connector/http/call-error.ts';
import { AssayError, type Disposition, dispositions } from '../../src/domain/assay-error.ts';
import { defaultRetryRules, verdictOn } from '../../src/jobs/verdict.ts';

const rules = {
  ...defaultRetryRules,
  backoff: { ...defaultRetryRules.backoff, random: () => 0.999999 },
};

function error(disposition: Disposition, code = 'SOME_CODE'): AssayError {
  return new AssayError(code, disposition, 'What happened.', 'What to do.');
}

describe('what becomes of a message whose work failed', () => {
  it.each(dispositions)('is known for %s', (disposition) => {
    const { kind } = verdictOn(error(disposition), 0, rules);
    const isDead = ['refuse-to-start', 'pause-connection', 'ask'].includes(disposition);
    expect(kind).toBe(isDead ? 'dead' : 'again');
  });

  it('backs off by doubling, from seconds to half an hour, for about 40 minutes', () => {
    const waits: number[] = [];
    for (let attempts = 0; ; attempts += 1) {
      const verdict = verdictOn(error('retry'), attempts, rules);
      if (verdict.kind === 'dead') break;
      expect(verdict.attempts).toBe(attempts + 1);
      waits.push(Math.round(verdict.delayMs / 1_000));
    }
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 1_280]);
  });

  it('waits at least as long as the CRM asks', () => {
    const facts = { code: 'RATE_LIMITED', message: 'Slow down.', todo: 'Nothing.' };
    const asked = new CallError({ ...facts, disposition: 'wait', waitMs: 90_000 });
    expect(verdictOn(asked, 0, rules)).toMatchObject({ delayMs: 90_000 });
    const spent = new CallError({ ...facts, disposition: 'end-at-checkpoint', waitMs: 7_200_000 });
    expect(verdictOn(spent, 3, rules)).toEqual({ kind: 'again', delayMs: 7_200_000, attempts: 3 });
    expect(verdictOn(error('end-at-checkpoint'), 3, rules)).toMatchObject({ delayMs: 3_600_000 });
  });

  it('counts another holder as nobody’s failure', () => {
    for (const held of [error('ask', 'LEASE_HELD'), error('end-at-checkpoint', 'LEASE_LOST')])
      expect(verdictOn(held, 9, rules)).toEqual({ kind: 'again', delayMs: 15_000, attempts: 9 });
  });

  it('tries again when the store is gone, although the run stopped for it', () => {
    for (const code of ['STORE_UNAVAILABLE', 'STORE_FULL'])
      expect(verdictOn(error('pause-connection', code), 0, rules).kind).toBe('again');
    expect(verdictOn(error('pause-connection', 'STORE_FULL'), 9, rules).kind).toBe('dead');
  });
});
