import { z } from 'zod';
import type { PullObject } from '../../src/domain/pull-task.ts';

const perObject = <T extends z.ZodType>(value: T) => z.object({ customers: value, deals: value });

const schema = z.object({
  version: z.literal(1),
  /** Which properties were read: a delta cannot bring one that was not. */
  asked: z.string().optional(),
  /** Every change up to here is stored. */
  until: z.string(),
  /** Start of the last full pull: it read the records themselves, no look behind it is needed. */
  fullAt: z.string(),
  /** Up to here archived records are known. */
  sweptUntil: perObject(z.string()),
  /**
   * Records stored less live records created up to `until`, when last compared. What a sweep cannot
   * explain (restored or erased records) stays until the next full pull and must not cause a sweep
   * each time: the same count of the same records says that nothing else left since.
   */
  gap: perObject(z.object({ missing: z.number(), until: z.string(), counted: z.number() })),
});

/** What a complete pull leaves for the next one; all times are the CRM's. */
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

/** What a full pull of these properties leaves that began at `startedAt`. */
export function fullWatermark(startedAt: string, asked: string): Watermark {
  const both = <T>(value: T): Record<PullObject, T> => ({ customers: value, deals: value });
  return {
    version: 1,
    asked,
    until: startedAt,
    fullAt: startedAt,
    sweptUntil: both(startedAt),
    gap: both({ missing: 0, until: startedAt, counted: -1 }),
  };
}
