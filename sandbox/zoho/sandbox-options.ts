import type { RequestHandler } from 'express';
import type { AdjustableClock } from '../kit/adjustable-clock.ts';
import type { FaultRule } from '../kit/fault-plan.ts';
import type { LatencySpec } from '../kit/latency.ts';
import type { FaultEffect } from './fault-effect.ts';
import type { LimitSettings } from './limit-calls.ts';
import type { OAuthSettings } from './oauth-router.ts';
import type { Org } from './org.ts';
import type { OrgOptions } from './org-options.ts';
import type { UnsurePrices } from './prices.ts';
import type { ResourceOptions } from './routers.ts';
import type { OAuthClient, StaticToken, TokenRules } from './tokens.ts';
import type { WatchOptions } from './watch-emitter.ts';

/** How to start a sandbox. Everything has a default; the default refuses and delays nothing. */
export interface ZohoSandboxOptions extends ResourceOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /** An org made and filled beforehand. Default: an empty one, made of `orgOptions`. */
  readonly org?: Org;
  readonly orgOptions?: Partial<Omit<OrgOptions, 'clock'>>;
  /**
   * The clock that `POST /_sandbox/clock` moves. An `org` given above should have been made with
   * this clock's `now`. Default: the machine's time.
   */
  readonly clock?: AdjustableClock;
  /** Default: {@link defaultToken}, with every scope a connector could need. */
  readonly tokens?: readonly StaticToken[];
  /** Default: {@link defaultClient}. */
  readonly clients?: readonly OAuthClient[];
  /** How long tokens live and how many there may be. */
  readonly tokenRules?: Partial<TokenRules>;
  readonly oauth?: Partial<OAuthSettings>;
  /** Default `off`. `on` takes the org's edition and licences. */
  readonly limits?: 'off' | 'on' | LimitSettings;
  /** Prices that no source states for sure. */
  readonly prices?: Partial<UnsurePrices>;
  /** How badly notifications travel. Default: they all arrive, in order. */
  readonly watch?: Partial<WatchOptions>;
  /** Default none. */
  readonly latency?: LatencySpec;
  /** Default none. */
  readonly faults?: readonly FaultRule<FaultEffect>[];
  /** Repeats latencies and chance faults exactly. Default 1. */
  readonly seed?: number;
  /** More endpoints under `/_sandbox`, for whoever built the org. Default none. */
  readonly controls?: readonly RequestHandler[];
}

/** The access token a sandbox accepts when none is named; it does not expire by itself. */
export const defaultToken: StaticToken = { token: '1000.sandbox-access-token' };

/** The client a sandbox knows when none is named: installed already, with a refresh token. */
export const defaultClient: OAuthClient = {
  clientId: '1000.SANDBOXCLIENT',
  clientSecret: 'sandbox-client-secret',
  refreshToken: '1000.sandbox-refresh-token',
};
