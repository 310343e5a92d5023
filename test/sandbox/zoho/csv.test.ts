import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvText, parseCsv, separatorOf } from '../../../sandbox/zoho/csv.ts';
import { unzipTexts, zipText } from '../../../sandbox/zoho/zip.ts';

const separators = [',', ';', ':', '|'] as const;

describe('CSV', () => {
  it('reads back what it wrote, whatever the cells hold', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', ' ', '"', ',', ';', ':', '|', '\n', '\r'),
    });
    const table = fc
      .integer({ min: 1, max: 4 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1 }),
      )
      // A line of one empty cell is an empty line, which is passed over.
      .filter((lines) => lines.every((cells) => cells.length > 1 || cells[0] !== ''));
    fc.assert(
      fc.property(table, fc.constantFrom(...separators), (lines, separator) => {
        expect(parseCsv(csvText(lines, separator), separator)).toEqual(lines);
      }),
    );
  });

  it('reads lines ended as on any system, the last one perhaps not, behind a byte order mark', () => {
    expect(parseCsv('\uFEFFa,b\r\n1,\n\n,2', ',')).toEqual([
      ['a', 'b'],
      ['1', ''],
      ['', '2'],
    ]);
    expect(parseCsv('a,', ',')).toEqual([['a', '']]);
    expect(parseCsv('', ',')).toEqual([]);
  });

  it.each(separators)('tells the separator %s by the header', (separator) => {
    expect(separatorOf(`id${separator}"a,b;c:d|e"${separator}f\n1,2,3,4`)).toBe(separator);
  });

  it('takes the comma where there is one column only', () => {
    expect(separatorOf('id\n1;2')).toBe(',');
  });
});

describe('a zip', () => {
  it('holds its text, and nothing when it is cut short anywhere', () => {
    const zip = zipText({ name: 'rows.csv', text: 'id,Név\n1,Ágnes\n' });
    expect(unzipTexts(zip)).toEqual([{ name: 'rows.csv', text: 'id,Név\n1,Ágnes\n' }]);
    for (let length = 0; length < zip.length; length += 1)
      expect(unzipTexts(zip.subarray(0, length))).toBeUndefined();
  });
});
