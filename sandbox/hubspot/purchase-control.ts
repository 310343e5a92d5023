import express from 'express';
import { z } from 'zod';
import type { World } from '../data/world.ts';
import type { Portal } from './portal.ts';
import { buyOn } from './purchase-day.ts';

/**
 * `POST /_sandbox/purchases {day?, share?, seed?}` → `{day, deals}`: lets customers buy, for those
 * who run the sandbox as a process of its own. By default two in a hundred, today.
 */
export function purchaseControl(portal: Portal, world: World): express.Router {
  const { timeZone } = world;
  const today = () =>
    new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(portal.clock());
  const body = z.object({
    day: z.iso.date().default(today),
    share: z.number().min(0).max(1).default(0.02),
    seed: z.number().int().default(1),
  });
  const router = express.Router();
  router.post('/purchases', express.json(), (req, res) => {
    const options = body.parse(req.body ?? {});
    res.json({ day: options.day, deals: buyOn(portal, world, options).length });
  });
  return router;
}
