import { z } from 'zod';

const row = z.record(z.string(), z.unknown());
const withData = z.object({ data: z.array(row) });
const withInfo = z.object({ info: row });
const withId = z.object({ id: z.string() });
const details = z.object({ details: z.object({ id: z.string() }) });

export type Row = z.output<typeof row>;

/** The rows, or the results, of an answer. */
export function dataIn(body: unknown): readonly Row[] {
  return withData.parse(body).data;
}

export function infoIn(body: unknown): Row {
  return withInfo.parse(body).info;
}

/** Ids of the rows, in their order. */
export function idsIn(body: unknown): readonly string[] {
  return dataIn(body).map((each) => withId.parse(each).id);
}

/** Ids of the records that a write names in its results. */
export function writtenIdsIn(body: unknown): readonly string[] {
  return dataIn(body).map((each) => details.parse(each).details.id);
}

/** `code` of every result, in order. */
export function codesIn(body: unknown): readonly unknown[] {
  return dataIn(body).map(({ code }) => code);
}
