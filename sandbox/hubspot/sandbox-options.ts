import type { RequestHandler } from 'express';
import type { AdjustableClock } from '../kit/adjustable-clock.ts';
import type { FaultRule } from '../kit/fault-plan.ts';
import type { LatencySpec } from '../kit/latency.ts';
import type { FaultEffect } from './fault-effect.ts';
import type { LimitSettings } from './limit-calls.ts';
import type { Owner } from './owners-router.ts';
import type { Plan } from './plans.ts';
import type { Portal, PortalOptions } from './portal.ts';
import type { OAuthApp, StaticToken } from './tokens.ts';
import type { WebhookOptions } from './webhook-emitter.ts';

/** How to start a sandbox. Everything has a default; the default refuses and delays nothing. */
export interface HubSpotSandboxOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /** A portal made and filled beforehand. Default: an empty one, made of `portalOptions`. */
  readonly portal?: Portal;
  readonly portalOptions?: Partial<Omit<PortalOptions, 'clock'>>;
  /**
   * The clock that `POST /_sandbox/clock` moves. A `portal` given above should have been made with
   * this clock's `now`. Default: the machine's time.
   */
  readonly clock?: AdjustableClock;
  /** Default: {@link defaultToken}, with every scope but `crm.export` and `crm.import`. */
  readonly tokens?: readonly StaticToken[];
  /** Default: {@link defaultOAuthApp}. */
  readonly apps?: readonly OAuthApp[];
  /** Whether a refresh ends the refresh token it was made with. Default false. */
  readonly rotateRefreshTokens?: boolean;
  /** Default `off`. */
  readonly limits?: 'off' | Plan | LimitSettings;
  /** Default none. */
  readonly latency?: LatencySpec;
  /** Default none. */
  readonly faults?: readonly FaultRule<FaultEffect>[];
  /** Repeats latencies and chance faults exactly. Default 1. */
  readonly seed?: number;
  /** Most ids in one membership write; the real figure is unknown (README C9). Default 100,000. */
  readonly maxMembershipIds?: number;
  readonly owners?: readonly Owner[];
  /** Default: no webhooks. */
  readonly webhooks?: WebhookOptions;
  /** More endpoints under `/_sandbox`, for whoever built the portal. Default none. */
  readonly controls?: readonly RequestHandler[];
}

/** The token a sandbox accepts when none is named. */
export const defaultToken: StaticToken = { token: 'pat-na1-sandbox', appId: '1001' };

/** The OAuth app a sandbox knows when none is named: installed already, with a refresh token. */
export const defaultOAuthApp: OAuthApp = {
  clientId: 'sandbox-client-id',
  clientSecret: 'sandbox-client-secret',
  appId: '2002',
  refreshToken: 'na1-sandbox-refresh',
};
