import { randomUUID } from 'node:crypto';
import express, { type Express, type RequestHandler, type Router } from 'express';
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
import { PART_HEADER } from './composite-router.ts';
import { zohoConsent } from './consent.ts';
import { renderErrors, unknownPath } from './error-answers.ts';
import { type FaultEffect, faultEffect } from './fault-effect.ts';
import { injectFaults } from './faults.ts';
import { jobFaults } from './job-faults.ts';
import { jsonAnswers } from './json-answers.ts';
import { CallLimits, limitCalls } from './limit-calls.ts';
import { oauthDefaults } from './oauth-router.ts';
import { Org } from './org.ts';
import { orgControls } from './org-controls.ts';
import { callFacts, nameEndpoint, priceCall } from './price-call.ts';
import { unsurePrices } from './prices.ts';
import { readBody } from './read-body.ts';
import { resources } from './routers.ts';
import { defaultClient, defaultToken, type ZohoSandboxOptions } from './sandbox-options.ts';
import { stateOf } from './state.ts';
import { Tokens } from './tokens.ts';
import { watchControls } from './watch-controls.ts';
import { WatchEmitter } from './watch-emitter.ts';
import { zohoControls } from './zoho-controls.ts';

export type { ZohoSandboxOptions } from './sandbox-options.ts';

/** A running org, and the handles by which a test in the same process changes it. */
export interface ZohoSandbox {
  readonly url: string;
  readonly org: Org;
  /** The first static access token, to put into a client. */
  readonly token: string;
  readonly tokens: Tokens;
  readonly calls: CallLog;
  readonly clock: AdjustableClock;
  readonly faults: FaultPlan<FaultEffect>;
  readonly latency: Latency;
  readonly limits: CallLimits;
  /** Sends what the channels of the org asked for. */
  readonly emitter: WatchEmitter;
  close(): Promise<void>;
}

/** What a request passes through; all of it lives as long as the sandbox. */
interface Parts extends Omit<ZohoSandbox, 'url' | 'token' | 'close'> {
  readonly options: ZohoSandboxOptions;
}

/** Starts a Zoho CRM org on loopback, with its accounts server and its upload host: see README.md. */
export async function startZohoSandbox(options: ZohoSandboxOptions = {}): Promise<ZohoSandbox> {
  const parts = assemble(options);
  const { url, close } = await listenOnLoopback(buildApp(parts), options.port ?? 0);
  const end = async () => {
    await parts.emitter.stop();
    await close();
  };
  return { ...parts, url, token: (options.tokens?.[0] ?? defaultToken).token, close: end };
}

function assemble(options: ZohoSandboxOptions): Parts {
  const clock = options.clock ?? new AdjustableClock();
  const org = options.org ?? new Org({ ...options.orgOptions, clock: clock.now });
  const random = seededRandom(options.seed ?? 1);
  const faults = new FaultPlan<FaultEffect>(random);
  faults.add(options.faults ?? []);
  const { tokens = [defaultToken], clients = [defaultClient], limits = 'off' } = options;
  const limitSettings = typeof limits === 'string' ? { mode: limits } : limits;
  return {
    options,
    org,
    clock,
    faults,
    calls: new CallLog(),
    tokens: new Tokens(org.clock, tokens, clients, options.tokenRules),
    latency: new Latency(options.latency ?? { kind: 'none' }, random),
    limits: new CallLimits(limitSettings, org.options, org.clock),
    emitter: new WatchEmitter(org, options.watch),
  };
}

// The order is that of the real thing: a call is known, then allowed, then counted against limits,
// and only then can something befall it.
function buildApp(parts: Parts): Express {
  const { options, org, calls, tokens, limits, latency, faults } = parts;
  const { clock } = org;
  const partSecret = randomUUID();
  const oauth = { ...oauthDefaults, ...options.oauth };
  const routers = express.Router();
  const { coql, bulkRead, bulkWrite } = options;
  const jobFault = jobFaults(faults);
  const settings = { tokens, oauth, jobFault, partSecret, coql, bulkRead, bulkWrite };
  for (const { prefix, router } of resources(org, settings)) routers.use(prefix, router);
  const allowed = authenticate(tokens, org.users.current.id);
  const app = express();
  // An ETag would turn a repeated read into a 304, which Zoho sends for If-Modified-Since alone.
  app.disable('etag').disable('x-powered-by');
  app.use(stampDate(clock));
  app.use('/_sandbox', controls(parts), zohoControls(limits, tokens), orgControls(org));
  app.use('/_sandbox', watchControls(org, parts.emitter));
  app.use('/_sandbox', ...(options.controls ?? []), renderControlErrors);
  // A page for people, not of the API: neither counted nor limited.
  app.get('/oauth/v2/auth', zohoConsent(tokens, oauth));
  app.use(jsonAnswers, nameEndpoint, composedCalls(partSecret, allowed, routers));
  app.use(countCalls(calls, clock, callFacts), ...readBody);
  app.use(priceCall({ ...unsurePrices, ...options.prices }));
  app.use(allowed, limitCalls(limits), delayAnswers(latency));
  app.use(injectFaults({ plan: faults, tokens, now: () => org.now() }));
  app.use(routers, unknownPath, renderErrors);
  return app;
}

/** The parts of a composite call: counted, paid, delayed and struck as one, so only allowed each. */
function composedCalls(secret: string, allowed: RequestHandler, routers: Router): RequestHandler {
  const inner = express.Router().use(...readBody, allowed, routers, unknownPath, renderErrors);
  return (req, res, next) => {
    if (req.get(PART_HEADER) === secret) inner(req, res, next);
    else next();
  };
}

function controls(parts: Parts) {
  const { org, limits, faults, latency } = parts;
  const state = () => ({
    ...stateOf(org),
    limits: limits.report(),
    faults: faults.pending(),
    latency: latency.spec,
  });
  return controlRouter({ ...parts, effect: faultEffect, state });
}
