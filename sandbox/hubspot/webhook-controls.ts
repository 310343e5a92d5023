import express from 'express';
import { z } from 'zod';
import { withoutUndefined } from '../kit/without-undefined.ts';
import type { PortalWebhooks } from './portal-webhooks.ts';
import type { Tokens } from './tokens.ts';
import { usualSubscriptions, webhookSubscription } from './webhook-subscription.ts';

const chance = z.number().min(0).max(1).optional();
const milliseconds = z.number().min(0).max(86_400_000).optional();
const target = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  appId: z.string().optional(),
  clientSecret: z.string().optional(),
  subscriptions: z
    .array(webhookSubscription)
    .min(1)
    .max(1_000)
    .default([...usualSubscriptions]),
  duplicates: chance,
  losses: chance,
  reordering: chance,
  seed: z.number().int().optional(),
  gatherMs: milliseconds,
  retryMs: milliseconds,
  delayMs: milliseconds,
  anywhere: z.boolean().optional(),
});

/**
 * Webhooks at `/_sandbox`: POST /webhooks `{url, appId?, clientSecret?, subscriptions?, duplicates?,
 * losses?, reordering?, delayMs?, gatherMs?, retryMs?, seed?, anywhere?}` points them at an app (default:
 * the first OAuth app, with what a scoring app subscribes to) · GET /webhooks says where they go and what
 * became of them · DELETE /webhooks ends them · POST /webhooks/settle waits until all are delivered.
 */
export function webhookControls(webhooks: PortalWebhooks, tokens: Tokens): express.Router {
  const router = express.Router();
  router.use(express.json());
  router.get('/webhooks', (_req, res) => {
    res.json({ webhooks: webhooks.state() });
  });
  router.post('/webhooks', async (req, res) => {
    const { appId, clientSecret, ...wanted } = target.parse(req.body);
    const [app] = tokens.apps;
    await webhooks.point({
      ...{ url: wanted.url, subscriptions: wanted.subscriptions },
      ...withoutUndefined(wanted),
      appId: appId ?? app?.appId ?? '1',
      clientSecret: clientSecret ?? app?.clientSecret ?? '',
    });
    res.json({ webhooks: webhooks.state() });
  });
  router.delete('/webhooks', async (_req, res) => {
    await webhooks.stop();
    res.json({ webhooks: null });
  });
  router.post('/webhooks/settle', async (_req, res) => {
    await webhooks.settle();
    res.json({ webhooks: webhooks.state() });
  });
  return router;
}
