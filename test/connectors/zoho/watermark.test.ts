import { describe, expect, it } from 'vitest';
import { allOf, anyOf, behind, notOurs, withIds } from '../../../connectors/zoho/criteria.ts';
import { news } from '../../../connectors/zoho/deleted.ts';
import { flatRecord } from '../../../connectors/zoho/flat-record.ts';
import { compareCounts } from '../../../connectors/zoho/gap.ts';
import { nextPlace } from '../../../connectors/zoho/next-mark.ts';
import {
  fullMark,
  marksOf,
  type ObjectMark,
  parseWatermark,
  renderWatermark,
} from '../../../connectors/zoho/watermark.ts';

const startedAt = '2026-11-22T07:00:00.000Z';
const full = fullMark({ startedAt, select: ['Email'] }, []);

/** Seconds after the full pull. */
function at(seconds: number): string {
  return new Date(Date.parse(startedAt) + seconds * 1_000).toISOString();
}

function row(id: number, seconds: number) {
  return flatRecord({ id: String(id), Modified_Time: at(seconds).replace('.000Z', '+00:00') });
}

describe('a watermark', () => {
  it('is read back as it was written, and anything else is none', () => {
    const watermark = {
      version: 1,
      ...{ asked: 'x', fullAt: startedAt, marker: null, userId: null },
      objects: marksOf(full, full),
    } as const;
    expect(parseWatermark(renderWatermark(watermark))).toEqual(watermark);
    for (const text of [null, '', '{"version":9}', '[]']) expect(parseWatermark(text)).toBeNull();
  });
});

describe('the next place', () => {
  const quiet = { lookbackMs: 60_000, ownAt: null };

  it('of an idle delta is the old one', () => {
    const { last, from, seen } = nextPlace(full, { rows: [], hasMore: false }, quiet);
    expect({ last, from, seen }).toEqual({ last: full.last, from: full.from, seen: [] });
  });

  it('is the last row, with a look behind it that remembers what it holds', () => {
    const rows = [row(4, 100), row(9, 50), row(3, 10)];
    expect(nextPlace(full, { rows, hasMore: false }, quiet)).toEqual({
      last: { at: at(100), id: '4' },
      from: at(40),
      seen: [
        ['4', at(100)],
        ['9', at(50)],
      ],
    });
  });

  it('never looks behind a full pull, nor further back than before', () => {
    const found = { rows: [row(4, 20)], hasMore: false };
    expect(nextPlace(full, found, quiet).from).toBe(startedAt);
  });

  it('moves on to our own last write, which has been looked at too', () => {
    const found = { rows: [row(4, 20)], hasMore: false };
    const { last, from } = nextPlace(full, found, { ...quiet, ownAt: at(300) });
    expect({ last, from }).toEqual({ last: { at: at(300), id: '0' }, from: at(240) });
  });

  it('looks less far behind when the stretch holds more than is remembered', () => {
    const rows = [row(8, 30), row(7, 30), row(6, 20), row(5, 10)];
    const { from, seen } = nextPlace(full, { rows, hasMore: true }, quiet);
    expect(from).toBe(at(11));
    expect(seen.map(([id]) => id)).toEqual(['8', '7', '6']);
  });

  it('is strictly behind the last row when one second holds more than is remembered', () => {
    const rows = [row(8, 30), row(7, 30), row(6, 30)];
    expect(nextPlace(full, { rows, hasMore: true }, quiet)).toEqual({
      ...{ last: { at: at(30), id: '8' }, from: null, seen: [] },
    });
  });
});

describe('the counts', () => {
  const mark: ObjectMark = { ...full, isLoose: false };
  const even = { known: 100, counted: 100, removed: 0, doubtful: 0, created: 0, late: 0 };
  const isUnexplained = (more: Partial<typeof even>, of: ObjectMark = mark) =>
    compareCounts(of, { ...even, ...more }).isUnexplained;

  it('agree when nothing happened, when some left, and when some are new', () => {
    expect(isUnexplained({})).toBe(false);
    expect(isUnexplained({ counted: 97, removed: 3 })).toBe(false);
    expect(isUnexplained({ created: 5 })).toBe(false);
    // One was shown late.
    expect(isUnexplained({ counted: 101, late: 1 })).toBe(false);
  });

  it('tell of a record that came back, and of one that left without a word', () => {
    expect(isUnexplained({ counted: 101 })).toBe(true);
    expect(isUnexplained({ counted: 99 })).toBe(true);
    expect(isUnexplained({ counted: 101, created: 5 })).toBe(true);
    // One came back while another left.
    expect(isUnexplained({ removed: 1 })).toBe(true);
    expect(isUnexplained({ removed: 1, doubtful: 1 })).toBe(false);
  });

  it('allow for what was created while everything was read', () => {
    const loose = { ...mark, isLoose: true };
    expect(isUnexplained({ known: 103, created: 4 }, loose)).toBe(false);
    expect(isUnexplained({ known: 103, created: 2 }, loose)).toBe(true);
    expect(compareCounts(loose, even).next.isLoose).toBe(false);
  });

  it('are not asked about for ever what reading everything does not explain', () => {
    const odd = { ...even, known: 102 };
    const first = compareCounts(mark, odd);
    expect(first).toMatchObject({ isUnexplained: true, next: { sweeps: 1, suspect: 2 } });
    const second = compareCounts({ ...mark, ...first.next }, odd);
    expect(second).toMatchObject({ isUnexplained: true, next: { sweeps: 2, suspect: 2 } });
    // The same for the third time, while one more left.
    const third = compareCounts({ ...mark, ...second.next }, { ...odd, known: 103, removed: 1 });
    expect(third).toMatchObject({ isUnexplained: false, next: { gap: 2, sweeps: 0 } });
    const settled = { ...mark, ...third.next };
    expect(isUnexplained({ known: 102 }, settled)).toBe(false);
    expect(isUnexplained({ known: 102, counted: 101 }, settled)).toBe(true);
  });

  it('ask again when the difference is another one than before', () => {
    const swept = { ...mark, sweeps: 2, suspect: 2 };
    expect(isUnexplained({ counted: 101 }, swept)).toBe(true);
  });
});

describe('deleted records', () => {
  const gone = (id: string, seconds: number, type = 'recycle') => ({
    ...{ id, type, deleted_time: at(seconds) },
  });

  it('are news once, and once more when they left the recycle bin', () => {
    const first = news([gone('2', 30), gone('1', 20)], full, 60_000);
    expect(first.removals).toEqual([
      ['archived', '2'],
      ['archived', '1'],
    ]);
    const mark = { ...full, ...first.mark };
    expect(news([gone('2', 30), gone('1', 20)], mark, 60_000).removals).toEqual([]);
    const purged = news([gone('2', 31, 'permanent'), gone('1', 20)], mark, 60_000);
    expect(purged.removals).toEqual([['erased', '2']]);
  });

  it('are looked for again for a while behind the last one, but not behind a full pull', () => {
    const { mark } = news([gone('2', 90), gone('1', 20)], full, 60_000);
    expect(mark).toEqual({
      ...{ deletedAt: at(90), deletedFrom: at(30), deletedSeen: [['archived', '2']] },
    });
    expect(news([gone('1', 5)], full, 60_000).mark.deletedFrom).toBe(startedAt);
  });
});

describe('criteria', () => {
  it('stand in brackets by pairs', () => {
    expect(allOf('a', 'b', 'c')).toBe('(a and (b and c))');
    expect(anyOf('a')).toBe('a');
    expect(behind({ at: startedAt, id: '7' })).toBe(
      "(Modified_Time > '2026-11-22T07:00:00+00:00' or (Modified_Time = '2026-11-22T07:00:00+00:00' and id > '7'))",
    );
  });

  it('name a hundred ids at a time', () => {
    const ids = Array.from({ length: 150 }, (_, index) => String(index));
    expect(withIds(ids).match(/id in /g)).toHaveLength(2);
  });

  it('are never more than 25, with all marks and a window closed at both ends', () => {
    const writes = Array.from({ length: 30 }, (_, run) => ({ marker: `r${run}`, lastAt: at(run) }));
    const text = notOurs({ field: 'Assay_run', userId: '1', writes });
    expect(text).toContain("'r29'");
    expect(text).not.toContain("'r2'");
    expect((text.match(/ and | or /g) ?? []).length + 1 + 2 * 3).toBeLessThanOrEqual(25);
  });
});
