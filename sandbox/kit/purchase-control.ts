import express from 'express';
import { z } from 'zod';
import type { PurchaseOptions } from '../data/purchases.ts';

/** Whose customers buy, and where. */
export interface Shop {
  /** IANA name: whose days they are. */
  readonly timeZone: string;
  readonly clock: () => number;
  /** Lets customers buy; says how many deals there are more. */
  readonly buy: (options: PurchaseOptions) => number;
}

/**
 * `POST /_sandbox/purchases {day?, share?, seed?}` → `{day, deals}`: lets customers buy, for those
 * who run the sandbox as a process of its own. By default two in a hundred, today.
 */
export function purchaseControl({ timeZone, clock, buy }: Shop): express.Router {
  const today = () =>
    new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(clock());
  const body = z.object({
    day: z.iso.date().default(today),
    share: z.number().min(0).max(1).default(0.02),
    seed: z.number().int().default(1),
  });
  const router = express.Router();
  router.post('/purchases', express.json(), (req, res) => {
    const options = body.parse(req.body ?? {});
    res.json({ day: options.day, deals: buy(options) });
  });
  return router;
}
