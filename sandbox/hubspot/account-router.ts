import express from 'express';
import type { CallLimits } from './limit-calls.ts';
import type { Portal } from './portal.ts';

/** `/account-info`: the portal's settings, and how much of today's calls is used. */
export function accountRouter(portal: Portal, limits: CallLimits): express.Router {
  const router = express.Router();
  const { portalId, timeZone } = portal.options;

  router.get('/details', (_req, res) => {
    const offset = utcOffsetMs(portal.clock(), timeZone);
    res.json({
      portalId,
      accountType: 'STANDARD',
      timeZone,
      companyCurrency: portal.currencies.companyCurrency,
      additionalCurrencies: portal.currencies.additional(),
      utcOffset: renderOffset(offset),
      utcOffsetMilliseconds: offset,
      uiDomain: 'app.hubspot.com',
      dataHostingLocation: 'na1',
    });
  });

  // All private apps of the account in aggregate, as one row.
  router.get('/api-usage/daily/private-apps', (_req, res) => {
    const now = portal.clock();
    const { daily } = limits.limiter;
    res.json({
      results: [
        {
          name: 'private-apps-api-calls-daily',
          usageLimit: Number.isFinite(daily.limit) ? daily.limit : 0,
          currentUsage: daily.used(now),
          collectedAt: new Date(now).toISOString(),
          fetchStatus: 'SUCCESS',
          resetsAt: new Date(daily.resetsAt(now)).toISOString(),
        },
      ],
    });
  });
  return router;
}

function utcOffsetMs(now: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const name = parts.formatToParts(now).find((part) => part.type === 'timeZoneName')?.value ?? '';
  const [, sign = '+', hours = '0', minutes = '0'] = /([+-])(\d+):(\d+)/.exec(name) ?? [];
  const ms = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return sign === '-' ? -ms : ms;
}

function renderOffset(ms: number): string {
  const minutes = Math.abs(ms) / 60_000;
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${ms < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}
