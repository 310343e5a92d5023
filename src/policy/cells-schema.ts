import { z } from 'zod';
import { classFamilies } from '../domain/classes.ts';

const scores = [1, 2, 3, 4, 5] as const;
type Row = `R${(typeof scores)[number]}F${(typeof scores)[number]}`;

/** Rows of the table; M runs along each. */
const cellRows: readonly Row[] = scores.flatMap((recency) =>
  scores.map((frequency): Row => `R${recency}F${frequency}`),
);

const codesSchema = z.record(
  z.string().regex(/^[A-Z][A-Za-z]{0,3}$/, 'a code is a capital, then up to three letters'),
  z.enum(classFamilies.segment),
);

/** The segment of each of the 125 cells of R, F and M: 25 rows of five codes, M1 to M5. */
export const segmentsSchema = z
  .strictObject({
    codes: codesSchema,
    cells: z.partialRecord(z.enum(cellRows), z.array(z.string())),
  })
  .transform(({ codes, cells }, context) => {
    const refuse = (path: readonly (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path: ['cells', ...path], message });
    const segmentsOf = (row: Row) => {
      const given = cells[row] ?? [];
      if (given.length > 5) refuse([row, 5], `${row} has ${given.length} segments for five cells`);
      return scores.flatMap((monetary, at) => {
        const code = given[at];
        if (code === undefined) refuse([row], `${row}M${monetary} has no segment`);
        const segment = codes[code ?? ''];
        if (segment !== undefined) return segment;
        if (code !== undefined) refuse([row, at], unknownCode(code, codes));
        return [];
      });
    };
    /** By recency, frequency, monetary, each from 1 up: R1F1M1, R1F1M2, … R5F5M5. */
    return { cells: cellRows.flatMap(segmentsOf) };
  });

function unknownCode(code: string, codes: object): string {
  return `\`${code}\` is no code; there are ${Object.keys(codes).join(', ')}`;
}
