import { expect, it } from 'vitest';
import { parsers } from '../../src/store/parsers.ts';

it('a time of the database is the same instant, whatever its offset and precision', () => {
  const read = parsers[1184];
  const same = {
    '2026-11-22 00:54:00+00': '2026-11-22T00:54:00.000Z',
    '2026-11-22 00:54:00.5+00': '2026-11-22T00:54:00.500Z',
    '2026-11-22 06:24:00.123456+05:30': '2026-11-22T00:54:00.123Z',
    '2026-11-21 16:54:00-08': '2026-11-22T00:54:00.000Z',
    '1900-01-01 05:53:27.999+05:53:28': '1899-12-31T23:59:59.999Z',
  };
  for (const [text, instant] of Object.entries(same)) expect(read?.(text)).toBe(instant);
});
