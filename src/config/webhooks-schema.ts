import { z } from 'zod';

const ms = (least: number, most: number) => z.int().min(least).max(most);

/** How soon what a webhook tells of is looked at; milliseconds. */
export const webhooksSchema = z.strictObject({
  /** A record is looked at when nothing was said of it for so long. */
  debounceMs: ms(0, 60_000).default(3_000),
  /** And when the first thing said of it is this old, however much follows. */
  maxWaitMs: ms(0, 600_000).default(30_000),
  /** A customer that was rescored is not again for so long: what comes meanwhile is one rescoring. */
  restMs: ms(0, 3_600_000).default(60_000),
});

export const defaultWebhooks = webhooksSchema.parse({});
