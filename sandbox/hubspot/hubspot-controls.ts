import express from 'express';
import { z } from 'zod';
import type { CallLimits, LimitSettings } from './limit-calls.ts';
import { plans } from './plans.ts';
import type { Tokens } from './tokens.ts';

const count = z.number().int().positive();
const allowance = z
  .object({
    tenSecondly: count,
    daily: count,
    search: count,
    associations: count,
    associationsDaily: count,
  })
  .partial();

const limitSettings = z.object({
  plan: z.enum(['off', ...plans]),
  addOns: z.number().int().min(0).max(2).default(0),
  override: allowance.default({}),
  usedToday: z.number().int().min(0).default(0),
});
const authorization = z.object({
  clientId: z.string().optional(),
  scopes: z.array(z.string()).optional(),
});

/**
 * HubSpot's own controls at `/_sandbox`: POST /limits `{plan, addOns?, override?, usedToday?}` ·
 * POST /tokens/expire (every OAuth access token) · POST /oauth/authorize `{clientId?, scopes?}` →
 * `{code}`, as if a person had agreed in the browser.
 */
export function hubspotControls(limits: CallLimits, tokens: Tokens): express.Router {
  const router = express.Router();
  router.use(express.json());

  router.post('/limits', (req, res) => {
    limits.change(settingsOf(limitSettings.parse(req.body)));
    res.json(limits.settings);
  });
  router.post('/tokens/expire', (_req, res) => {
    tokens.expireAll();
    res.json({});
  });
  router.post('/oauth/authorize', (req, res) => {
    const { clientId, scopes } = authorization.parse(req.body ?? {});
    const app = tokens.apps.find((each) => clientId === undefined || each.clientId === clientId);
    if (app === undefined) throw new RangeError(`Unknown client id ${clientId}`);
    res.json({ code: tokens.authorize(app, scopes) });
  });
  return router;
}

function settingsOf(parsed: z.output<typeof limitSettings>): LimitSettings {
  const { override, ...settings } = parsed;
  const given = Object.entries(override).filter(([, value]) => value !== undefined);
  return { ...settings, override: Object.fromEntries(given) };
}
