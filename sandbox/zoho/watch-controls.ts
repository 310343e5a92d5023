import express from 'express';
import { z } from 'zod';
import { withoutUndefined } from '../kit/without-undefined.ts';
import type { Org } from './org.ts';
import type { WatchEmitter } from './watch-emitter.ts';

const chance = z.number().min(0).max(1).optional();
const milliseconds = z.number().min(0).max(86_400_000).optional();
const change = z.strictObject({
  losses: chance,
  duplicates: chance,
  reordering: chance,
  delayMs: milliseconds,
  gatherMs: milliseconds,
  words: z.enum(['seen', 'written']).optional(),
  seed: z.number().int().optional(),
  anywhere: z.boolean().optional(),
});

/**
 * Notifications at `/_sandbox`: POST /watch `{losses?, duplicates?, reordering?, delayMs?, gatherMs?,
 * words?, seed?, anywhere?}` says how badly they travel, and whether channels may lead to other machines ·
 * GET /watch shows the channels, without tokens, and what became of what was sent · POST /watch/settle
 * waits until all is delivered or lost. Where they go is each channel's `notify_url`.
 */
export function watchControls(org: Org, emitter: WatchEmitter): express.Router {
  const shown = () => ({
    ...{ options: emitter.change({}), anywhere: org.channels.anywhere, ...emitter.report() },
    channels: org.channels
      .active()
      .map(({ token: _token, baseUrl: _baseUrl, ...channel }) => channel),
  });
  const router = express.Router();
  router.use(express.json());
  router.get('/watch', (_req, res) => {
    res.json(shown());
  });
  router.post('/watch', (req, res) => {
    const { anywhere, ...options } = change.parse(req.body ?? {});
    emitter.change(withoutUndefined(options));
    org.channels.anywhere = anywhere ?? org.channels.anywhere;
    res.json(shown());
  });
  router.post('/watch/settle', async (_req, res) => {
    await emitter.settle();
    res.json(shown());
  });
  return router;
}
