import { describe, expect, it } from 'vitest';
import {
  creditsOfLimit,
  pageLimit,
  type ReadInput,
  readRoute,
} from '../../../connectors/zoho/read-route.ts';

const usual: ReadInput = {
  rows: 100_000,
  fields: 20,
  unselectable: [],
  hasBulk: true,
  coqlRows: 2_000,
};

function route(more: Partial<ReadInput>) {
  const { kind, calls, credits } = readRoute({ ...usual, ...more });
  return { kind, calls, credits };
}

describe('the route to every record', () => {
  it.each([
    // Up to 200 rows everything costs one credit, and COQL one call.
    [{ rows: 0 }, 'coql', 1, 1],
    [{ rows: 200 }, 'coql', 1, 1],
    [{ rows: 1_000 }, 'coql', 1, 2],
    [{ rows: 1_001 }, 'coql', 1, 3],
    [{ rows: 5_000 }, 'coql', 3, 8],
    // 18 pages of COQL cost 54 and the last one 1 more, as much as a job: then the job is fewer calls.
    [{ rows: 35_999 }, 'coql', 18, 54],
    [{ rows: 36_200 }, 'bulk', 6, 55],
    [{ rows: 100_000 }, 'bulk', 6, 55],
    [{ rows: 200_000 }, 'bulk', 6, 55],
    [{ rows: 300_000 }, 'bulk', 12, 110],
    // A job at another price than is quoted.
    [{ jobCredits: 5, rows: 8_000 }, 'bulk', 6, 10],
    [{ jobCredits: 500, rows: 100_000 }, 'coql', 51, 151],
    // Without jobs.
    [{ hasBulk: false }, 'coql', 51, 151],
    [{ hasBulk: false, rows: 2_000_000 }, 'coql', 1_001, 3_001],
    // Pages of 200 rows, as the specification has them, make COQL as dear as GET, and jobs worth it sooner.
    [{ coqlRows: 200, rows: 10_000 }, 'get', 50, 50],
    [{ coqlRows: 200, rows: 12_000 }, 'bulk', 6, 55],
    // Fields that COQL refuses.
    [{ unselectable: ['Photo'], rows: 10_000 }, 'get', 50, 50],
    [{ unselectable: ['Photo'], rows: 12_000 }, 'bulk', 6, 55],
    [{ unselectable: ['Photo'], hasBulk: false }, 'get', 500, 500],
    [{ unselectable: ['Photo'], hasBulk: false, rows: 120_000 }, 'by-id', 1_261, 1_381],
    [{ unselectable: ['Photo'], hasBulk: false, fields: 60, rows: 1_000 }, 'by-id', 21, 22],
    // More than 50 fields are none of GET's, more than 500 none of COQL's.
    [{ fields: 120, rows: 5_000 }, 'coql', 3, 8],
    [{ fields: 501, rows: 5_000 }, 'bulk', 6, 55],
  ] as const)('for %j is %s: %d calls, %d credits', (more, kind, calls, credits) => {
    expect(route(more)).toEqual({ kind, calls, credits });
  });

  it('says what was chosen over what', () => {
    expect(readRoute(usual).reason).toBe(
      'bulk read, 55 credits in 6 calls (instead of COQL 151, lists by GET 500)',
    );
    const hindered = readRoute({ ...usual, hasBulk: false, unselectable: ['Photo'] });
    expect(hindered.reason).toContain('bulk read is not to be had; COQL refuses Photo');
  });

  it('is never dearer than any other way that there is', () => {
    for (let rows = 1; rows < 3_000_000; rows = Math.ceil(rows * 1.7))
      for (const coqlRows of [200, 1_000, 2_000]) {
        const chosen = readRoute({ ...usual, rows, coqlRows });
        const alone = readRoute({ ...usual, rows, coqlRows, hasBulk: false });
        expect(chosen.credits).toBeLessThanOrEqual(alone.credits);
      }
  });

  it('asks for no more rows than are left, as the price steps', () => {
    expect([1, 200, 201, 1_000, 1_001, 9_999].map((left) => pageLimit(left, 2_000))).toEqual([
      ...[200, 200, 1_000, 1_000, 2_000, 2_000],
    ]);
    expect([1, 201, 9_999].map((left) => pageLimit(left, 200))).toEqual([200, 200, 200]);
    expect([1, 200, 201, 1_000, 1_001, 2_000].map(creditsOfLimit)).toEqual([1, 1, 2, 2, 3, 3]);
  });
});
