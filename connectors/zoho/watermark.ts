import { z } from 'zod';
import type { PullObject } from '../../src/domain/pull-task.ts';
import type { Instant } from '../../src/domain/time.ts';

const object = z.object({
  /** The last row processed: never the clock's time (facts §4.6). */
  last: z.object({ at: z.string(), id: z.string() }),
  /** From here the next delta looks again; `null`: strictly behind `last`. */
  from: z.string().nullable(),
  /** What is known of that stretch already: ids with their modified times. */
  seen: z.array(z.tuple([z.string(), z.string()])),
  /** Stored records less live ones, as far as a complete listing could not explain it. */
  gap: z.number(),
  /** Records that were created while everything was read may be stored already. */
  isLoose: z.boolean(),
  /** Deltas in a row that read everything because of a difference, and that difference. */
  sweeps: z.number(),
  suspect: z.number(),
  /** Deleted records are known up to here, these of the last stretch: kind and id. */
  deletedAt: z.string(),
  /** The next delta looks from here. */
  deletedFrom: z.string(),
  deletedSeen: z.array(z.tuple([z.string(), z.string()])),
  /** Fields that were read, so that a delta without news needs no metadata. */
  select: z.array(z.string()),
  /** Those of them that COQL refuses. */
  refused: z.array(z.string()),
});
/** Where one object stands. */
export type ObjectMark = Readonly<z.output<typeof object>>;

const schema = z.object({
  version: z.literal(1),
  /** Which inputs and results were read: a delta cannot bring one that was not. */
  asked: z.string(),
  fullAt: z.string(),
  /** API name of the field with the runs' markers; `null`: not known yet. */
  marker: z.string().nullable(),
  /** Of the token: our own writes are told by it. */
  userId: z.string().nullable(),
  objects: z.object({ customers: object, deals: object }),
});

/** What a complete pull leaves for the next one; all times are Zoho's. */
export type Watermark = Readonly<z.output<typeof schema>>;

export function renderWatermark(watermark: Watermark): string {
  return JSON.stringify(watermark);
}

/** `null` for text that is no watermark of ours: then everything is read. */
export function parseWatermark(text: string | null): Watermark | null {
  if (text === null) return null;
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

type Read = { readonly startedAt: Instant; readonly select: readonly string[] };

/** Where an object stands after a complete listing that began at `startedAt`. */
export function fullMark({ startedAt, select }: Read, refused: readonly string[]): ObjectMark {
  return {
    last: { at: startedAt, id: '0' },
    // The records themselves were read: no look behind the beginning is needed.
    from: startedAt,
    seen: [],
    ...{ gap: 0, isLoose: true, sweeps: 0, suspect: 0 },
    ...{ deletedAt: startedAt, deletedFrom: startedAt, deletedSeen: [] },
    ...{ select: [...select], refused: [...refused] },
  };
}

/** Of both objects, by name. */
export function marksOf(
  customers: ObjectMark,
  deals: ObjectMark,
): Readonly<Record<PullObject, ObjectMark>> {
  return { customers, deals };
}
