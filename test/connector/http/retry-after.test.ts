import { describe, expect, it } from 'vitest';
import { longestWaitMs, retryAfterMs, waitOf } from '../../../src/connector/http/retry-after.ts';

const now = Date.parse('2026-11-22T10:00:00Z');

describe('Retry-After', () => {
  it.each([
    ['3', 3_000],
    ['0.5', 500],
    ['-7', 0],
    ['Sun, 22 Nov 2026 10:00:30 GMT', 30_000],
    ['Sat, 21 Nov 2026 10:00:00 GMT', 0],
    ['', null],
    ['soon', null],
    ['9'.repeat(400), null],
    [null, null],
  ])('%j is %j ms', (header, ms) => {
    expect(retryAfterMs(header, now)).toBe(ms);
  });

  it('beyond what a run may wait ends it at its checkpoint, and says when to come back', () => {
    expect(waitOf(longestWaitMs)).toEqual({ disposition: 'wait', waitMs: longestWaitMs });
    const long = waitOf(3_600_000);
    expect(long).toMatchObject({ disposition: 'end-at-checkpoint' });
    expect(long).toMatchObject({ todo: expect.stringContaining('60 minutes') });
    expect(waitOf(1e300)).toMatchObject({ todo: expect.stringContaining('Later') });
  });
});
