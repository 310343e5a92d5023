import { z } from 'zod';
import { classFamilies } from '../domain/classes.ts';

const scores = [1, 2, 3, 4, 5] as const;
type Row = `R${(typeof scores)[number]}F${(typeof scores)[number]}`;

/** Rows of the table of cells; M runs along each. */
export const cellRows: readonly Row[] = scores.flatMap((recency) =>
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
  .superRefine(({ codes, cells }, context) => {
    const refuse = (path: readonly (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path: ['cells', ...path], message });
    for (const row of cellRows) {
      const given = cells[row];
      if (given === undefined) refuse([], `no segment for ${row}M1 to ${row}M5: a gap`);
      else if (given.length > 5)
        refuse([row, 5], `${given.length} segments for five cells overlap`);
      else if (given.length < 5) refuse([row], `no segment for ${row}M${given.length + 1}: a gap`);
      for (const [at, code] of (given ?? []).entries())
        if (codes[code] === undefined)
          refuse([row, at], `\`${code}\` is no code; there are ${Object.keys(codes).join(', ')}`);
    }
  })
  .transform(({ codes, cells }) => ({
    /** By recency, frequency, monetary, each from 1 up: R1F1M1, R1F1M2, … R5F5M5. */
    cells: cellRows.flatMap((row) => (cells[row] ?? []).flatMap((code) => codes[code] ?? [])),
  }));
