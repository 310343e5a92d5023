import express from 'express';
import { z } from 'zod';
import { withoutUndefined } from '../kit/without-undefined.ts';
import type { CallLimits } from './limit-calls.ts';
import { editions } from './org-options.ts';
import type { Tokens } from './tokens.ts';

const count = z.number().int().positive();
const limitSettings = z.object({
  mode: z.enum(['on', 'off']).default('on'),
  edition: z.enum(editions).optional(),
  licences: count.optional(),
  override: z
    .object({ credits: count, concurrency: count, complexConcurrency: count })
    .partial()
    .transform(withoutUndefined)
    .default({}),
  usedBefore: z.number().int().min(0).default(0),
  chargeRefused: z.boolean().default(true),
});
const authorization = z.object({
  clientId: z.string().optional(),
  scopes: z.array(z.string()).optional(),
});
const revocation = z.object({ token: z.string().optional() });

/**
 * Zoho's own controls of calls at `/_sandbox`: GET and POST /limits `{mode?, edition?, licences?,
 * override?, usedBefore?, chargeRefused?}` · POST /tokens/expire (every access token that came of a
 * refresh) · POST /tokens/revoke `{token?}` (that token, else every refresh token) · POST
 * /oauth/authorize `{clientId?, scopes?}` → `{code}`, as if a person had agreed in the browser.
 */
export function zohoControls(limits: CallLimits, tokens: Tokens): express.Router {
  const router = express.Router();
  router.use(express.json());

  router.get('/limits', (_req, res) => {
    res.json(limits.report());
  });
  router.post('/limits', (req, res) => {
    limits.change(limitSettings.parse(req.body ?? {}));
    res.json(limits.report());
  });
  router.post('/tokens/expire', (_req, res) => {
    tokens.expireAll();
    res.json({});
  });
  router.post('/tokens/revoke', (req, res) => {
    const { token } = revocation.parse(req.body ?? {});
    if (token === undefined) tokens.revokeAll();
    else tokens.revoke(token);
    res.json({});
  });
  router.post('/oauth/authorize', (req, res) => {
    const { clientId, scopes } = authorization.parse(req.body ?? {});
    const client = tokens.clients.find(
      (each) => clientId === undefined || each.clientId === clientId,
    );
    if (client === undefined) throw new RangeError(`Unknown client id ${clientId}`);
    res.json({ code: tokens.authorize(client, scopes) });
  });
  return router;
}
