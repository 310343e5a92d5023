import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CsvRecord, csvRecords } from '../../src/lib/csv.ts';

async function* inPieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

async function read(text: string, size = 1_000): Promise<readonly CsvRecord[]> {
  const records: CsvRecord[] = [];
  for await (const some of csvRecords(inPieces(text, size))) records.push(...some);
  return records;
}

describe('CSV', () => {
  it('has fields, quoted ones too, and the line each record begins in', async () => {
    const text =
      '\uFEFFid,name,size\r\n1,"Smith, ""Jo""",3\r\n\r\n2,"two\nlines",\n3,12" vinyl,"x"';
    expect(await read(text)).toEqual([
      { line: 1, fields: ['id', 'name', 'size'] },
      { line: 2, fields: ['1', 'Smith, "Jo"', '3'] },
      { line: 4, fields: ['2', 'two\nlines', ''] },
      { line: 6, fields: ['3', '12" vinyl', 'x'] },
    ]);
    expect(await read('')).toEqual([]);
  });

  it('refuses a quote that nothing closes', async () => {
    await expect(read('a,b\n1,2\n"3,4\n5,6\n')).rejects.toThrow(/begins in line 3/);
  });

  it('reads back what was written, whatever the pieces', async () => {
    const field = fc.string({
      unit: fc.constantFrom('a', '1', '"', ',', '\n', '\r', ' '),
      maxLength: 6,
    });
    const rows = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 9 }), async (given, size) => {
        const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
        const text = given.map((fields) => `${fields.map(quoted).join(',')}\r\n`).join('');
        expect((await read(text, size)).map(({ fields }) => fields)).toEqual(given);
      }),
    );
  });
});
