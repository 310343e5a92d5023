import express, { type Express } from 'express';
import { AdjustableClock } from '../kit/adjustable-clock.ts';
import { CallLog } from '../kit/call-log.ts';
import { controlRouter, renderControlErrors } from '../kit/control-router.ts';
import { countCalls } from '../kit/count-calls.ts';
import { delayAnswers, Latency } from '../kit/delay-answers.ts';
import { FaultPlan } from '../kit/fault-plan.ts';
import { listenOnLoopback } from '../kit/listen.ts';
import { seededRandom } from '../kit/random.ts';
import { stampDate } from '../kit/stamp-date.ts';
import { authenticate } from './auth.ts';
import { hubspotConsent } from './consent.ts';
import { callFacts, nameEndpoint } from './count-calls.ts';
import { renderErrors, unknownPath } from './errors.ts';
import { type FaultEffect, faultEffect } from './fault-effect.ts';
import { injectFaults } from './faults.ts';
import { hubspotControls } from './hubspot-controls.ts';
import { CallLimits, type LimitSettings, limitCalls } from './limit-calls.ts';
import { OBJECT_TYPES, type ObjectType } from './object-types.ts';
import { Portal } from './portal.ts';
import { PortalWebhooks } from './portal-webhooks.ts';
import { mountRouters } from './routers.ts';
import { defaultOAuthApp, defaultToken, type HubSpotSandboxOptions } from './sandbox-options.ts';
import { Tokens } from './tokens.ts';
import { stripVersion } from './versions.ts';
import { webhookControls } from './webhook-controls.ts';

export type { HubSpotSandboxOptions } from './sandbox-options.ts';

/** A running portal, and the handles by which a test in the same process changes it. */
export interface HubSpotSandbox {
  readonly url: string;
  readonly portal: Portal;
  /** The first static token, to put into a client. */
  readonly token: string;
  readonly tokens: Tokens;
  readonly calls: CallLog;
  readonly clock: AdjustableClock;
  readonly faults: FaultPlan<FaultEffect>;
  readonly latency: Latency;
  readonly limits: CallLimits;
  /** Sends what happens to an app, when it is pointed at one. */
  readonly webhooks: PortalWebhooks;
  close(): Promise<void>;
}

/** What a request passes through; all of it lives as long as the sandbox. */
interface Parts extends Omit<HubSpotSandbox, 'url' | 'token' | 'close'> {
  readonly options: HubSpotSandboxOptions;
}

/** Starts a HubSpot portal on loopback, with numbered and dated paths: see README.md. */
export async function startHubSpotSandbox(
  options: HubSpotSandboxOptions = {},
): Promise<HubSpotSandbox> {
  const parts = assemble(options);
  const { url, close } = await listenOnLoopback(buildApp(parts), options.port ?? 0);
  return {
    ...parts,
    url,
    token: (options.tokens?.[0] ?? defaultToken).token,
    close: async () => {
      await parts.webhooks.stop();
      await close();
    },
  };
}

function assemble(options: HubSpotSandboxOptions): Parts {
  const clock = options.clock ?? new AdjustableClock();
  const portal = options.portal ?? new Portal({ ...options.portalOptions, clock: clock.now });
  const random = seededRandom(options.seed ?? 1);
  const faults = new FaultPlan<FaultEffect>(random);
  faults.add(options.faults ?? []);
  const { tokens = [defaultToken], apps = [defaultOAuthApp], webhooks } = options;
  return {
    options,
    portal,
    clock,
    faults,
    calls: new CallLog(),
    tokens: new Tokens(portal.clock, tokens, apps),
    latency: new Latency(options.latency ?? { kind: 'none' }, random),
    limits: new CallLimits(limitSettings(options), portal.options.timeZone, portal.clock),
    webhooks: new PortalWebhooks(portal, webhooks),
  };
}

// The order is that of the real thing: a call is known, then allowed, then counted against limits,
// and only then can something befall it.
function buildApp(parts: Parts): Express {
  const { portal, calls, tokens, limits, latency } = parts;
  const { clock } = portal;
  const app = express();
  // An ETag would turn a repeated read into a 304, which HubSpot never sends.
  app.disable('etag').disable('x-powered-by');
  app.use(stampDate(clock));
  app.use('/_sandbox', controls(parts), hubspotControls(limits, tokens));
  app.use('/_sandbox', webhookControls(parts.webhooks, tokens));
  app.use('/_sandbox', ...(parts.options.controls ?? []), renderControlErrors);
  // Of the web app, not of the API: shown to people, neither counted nor limited.
  app.get('/oauth/authorize', hubspotConsent(tokens));
  app.use(countCalls(calls, clock, callFacts));
  app.use(stripVersion, nameEndpoint);
  app.use(express.json({ limit: '64mb', strict: false }), express.urlencoded({ extended: false }));
  app.use(authenticate(tokens, clock), limitCalls(limits, clock));
  app.use(delayAnswers(latency), injectFaults({ plan: parts.faults, tokens, clock }));
  mountRouters(app, portal, {
    tokens,
    limits,
    owners: parts.options.owners,
    rotateRefreshTokens: parts.options.rotateRefreshTokens ?? false,
    maxMembershipIds: parts.options.maxMembershipIds ?? 100_000,
  });
  app.use(unknownPath, renderErrors);
  return app;
}

function controls(parts: Parts) {
  const { portal, limits } = parts;
  const state = () => ({
    portalId: portal.options.portalId,
    records: Object.fromEntries(OBJECT_TYPES.map((type) => [type, liveCount(portal, type)])),
    lists: portal.lists.all().length,
    limits: limits.settings,
    faults: parts.faults.pending(),
    latency: parts.latency.spec,
  });
  return controlRouter({ ...parts, effect: faultEffect, state });
}

function limitSettings({ limits = 'off' }: HubSpotSandboxOptions): LimitSettings {
  return typeof limits === 'string' ? { plan: limits } : limits;
}

function liveCount(portal: Portal, type: ObjectType): number {
  let count = 0;
  for (const _ of portal.objects[type].slotsFrom(0)) count += 1;
  return count;
}
