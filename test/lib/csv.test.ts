import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvReader, type Separator } from '../../src/lib/csv.ts';

type Read = { readonly line: number; readonly fields: readonly string[] };

/** Every record of a text whose bytes come in pieces of `size`. */
function read(text: string, size = 1_000, separator: Separator = ','): readonly Read[] {
  const bytes = new TextEncoder().encode(text);
  const csv = new CsvReader(separator);
  const records: Read[] = [];
  for (let at = 0; at <= bytes.length; at += size) {
    const piece = bytes.subarray(at, at + size);
    if (piece.length > 0) fill(csv, piece);
    take(csv, records);
  }
  csv.space();
  csv.filled(0);
  take(csv, records);
  return records;
}

function fill(csv: CsvReader, piece: Uint8Array): void {
  csv.space().set(piece);
  csv.filled(piece.length);
}

function take(csv: CsvReader, records: Read[]): void {
  const decoder = new TextDecoder();
  while (csv.next()) {
    const fields = Array.from({ length: csv.fields }, (_, field) =>
      decoder.decode(csv.bytes.subarray(csv.from[field], csv.to[field])),
    );
    records.push({ line: csv.line, fields });
  }
}

describe('CSV', () => {
  it.each([',', ';', '\t'] as const)(
    'reads the same with %j between fields, in quotes or not',
    (separator) => {
      const others = ',;\t'.replace(separator, '');
      const rows = [
        ['a', '7', ''],
        [others, '"b"', `quoted${separator}`],
      ];
      const quoted = (field: string) =>
        /["\s,;]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
      const plain = `x${separator}y\n`;
      const text =
        rows.map((fields) => `${fields.map(quoted).join(separator)}\r\n`).join('') + plain;
      for (const size of [1, 5, 1_000])
        expect(read(text, size, separator).map(({ fields }) => fields)).toEqual([
          ...rows,
          ['x', 'y'],
        ]);
    },
  );

  it('has fields, quoted ones too, and the line each record begins in', () => {
    const text =
      '\uFEFFid,name,size\r\n1,"Smith, ""Jo""",3\r\n\r\n2,"two\nlines",\n3,12" vinyl,"x"\n4,"y"z,';
    for (const size of [1, 2, 3, 1_000])
      expect(read(text, size)).toEqual([
        { line: 1, fields: ['id', 'name', 'size'] },
        { line: 2, fields: ['1', 'Smith, "Jo"', '3'] },
        { line: 4, fields: ['2', 'two\nlines', ''] },
        { line: 6, fields: ['3', '12" vinyl', 'x'] },
        { line: 7, fields: ['4', 'yz', ''] },
      ]);
    expect(read('')).toEqual([]);
    expect(read('\uFEFF')).toEqual([]);
    expect(read('\n\r\n')).toEqual([]);
  });

  it('refuses a quote that nothing closes', () => {
    expect(() => read('a,b\n1,2\n"3,4\n5,6\n')).toThrow(/begins in line 3/);
  });

  it('makes room for a record that is longer than what it holds', () => {
    const long = 'x'.repeat(4_300_000);
    expect(read(`a,b\n${long},"y"\n1,2`, 1 << 20)).toEqual([
      { line: 1, fields: ['a', 'b'] },
      { line: 2, fields: [long, 'y'] },
      { line: 3, fields: ['1', '2'] },
    ]);
  });

  it('reads back what was written, whatever the pieces', () => {
    const field = fc.string({
      unit: fc.constantFrom('a', '1', '"', ',', '\n', '\r', ' ', '客'),
      maxLength: 6,
    });
    const rows = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { maxLength: 8 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 9 }), (given, size) => {
        const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
        const text = given.map((fields) => `${fields.map(quoted).join(',')}\r\n`).join('');
        expect(read(text, size).map(({ fields }) => fields)).toEqual(given);
      }),
    );
  });
});
