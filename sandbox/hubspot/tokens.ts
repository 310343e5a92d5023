import { randomBytes } from 'node:crypto';
import { defaultScopes } from './scope-rules.ts';

/** OAuth access tokens live this long (README 6). */
export const accessTokenSeconds = 1800;

/** A service key or a private app's token: `pat-…`, good until it is taken away. */
export interface StaticToken {
  readonly token: string;
  readonly appId: string;
  /** Default: everything a connector needs. */
  readonly scopes?: readonly string[];
}

/** An app that customers install through OAuth. */
export interface OAuthApp {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly appId: string;
  readonly scopes?: readonly string[];
  /** A refresh token that is there from the beginning, as of an app installed long ago. */
  readonly refreshToken?: string;
  /** Where the consent page may send the browser. Default: to any https address, and to this machine. */
  readonly redirectUris?: readonly string[];
}

/** Who is calling. */
export interface Identity {
  readonly token: string;
  readonly appId: string;
  readonly scopes: readonly string[];
  readonly kind: 'static' | 'oauth';
  /** Epoch ms; a static token has none. */
  readonly expiresAt?: number;
}

/** An OAuth token, with the app that it was given to. */
export interface Grant {
  readonly app: OAuthApp;
  readonly scopes: readonly string[];
}

interface AccessGrant extends Grant {
  expiresAt: number;
}

/** Every token the portal knows. Expired ones stay known: HubSpot tells them from invented ones. */
export class Tokens {
  readonly apps: readonly OAuthApp[];
  readonly #clock: () => number;
  readonly #static: ReadonlyMap<string, StaticToken>;
  readonly #revoked = new Set<string>();
  readonly #access = new Map<string, AccessGrant>();
  readonly #refresh = new Map<string, Grant>();
  readonly #codes = new Map<string, Grant & { readonly redirectUri: string | null }>();

  constructor(clock: () => number, tokens: readonly StaticToken[], apps: readonly OAuthApp[]) {
    this.#clock = clock;
    this.apps = apps;
    this.#static = new Map(tokens.map((each) => [each.token, each]));
    for (const app of apps) {
      if (app.refreshToken === undefined) continue;
      this.#refresh.set(app.refreshToken, { app, scopes: app.scopes ?? defaultScopes });
    }
  }

  identify(token: string): Identity | undefined {
    const known = this.#static.get(token);
    if (known !== undefined && !this.#revoked.has(token)) {
      const { appId, scopes = defaultScopes } = known;
      return { token, appId, scopes, kind: 'static' };
    }
    const grant = this.#access.get(token);
    if (grant === undefined) return undefined;
    const { app, scopes, expiresAt } = grant;
    return { token, appId: app.appId, scopes, kind: 'oauth', expiresAt };
  }

  /**
   * A code as the browser brings it back from the consent page; good for one exchange, which must name
   * the same redirect URI when there was one.
   */
  authorize(
    app: OAuthApp,
    scopes: readonly string[] = app.scopes ?? defaultScopes,
    redirectUri: string | null = null,
  ): string {
    const code = newToken('na1-code');
    this.#codes.set(code, { app, scopes, redirectUri });
    return code;
  }

  takeCode(code: string, redirectUri: string): Grant | undefined {
    const grant = this.#codes.get(code);
    this.#codes.delete(code);
    const isSame = grant?.redirectUri === null || grant?.redirectUri === redirectUri;
    return isSame ? grant : undefined;
  }

  issueAccess(grant: Grant): string {
    const token = newToken('CNSandbox');
    this.#access.set(token, { ...grant, expiresAt: this.#clock() + accessTokenSeconds * 1000 });
    return token;
  }

  issueRefresh(grant: Grant): string {
    const token = newToken('na1-refresh');
    this.#refresh.set(token, grant);
    return token;
  }

  accessGrant(token: string): Readonly<AccessGrant> | undefined {
    return this.#access.get(token);
  }

  refreshGrant(token: string): Grant | undefined {
    return this.#refresh.get(token);
  }

  /** Takes a token of any kind away; an OAuth access token is then unknown, not expired. */
  revoke(token: string): void {
    this.#revoked.add(token);
    this.#access.delete(token);
    this.#refresh.delete(token);
  }

  /** Ends an access token before its time. Static tokens do not expire. */
  expire(token: string): void {
    const grant = this.#access.get(token);
    if (grant !== undefined) grant.expiresAt = this.#clock();
  }

  /** Ends all OAuth access tokens there are. */
  expireAll(): void {
    for (const token of this.#access.keys()) this.expire(token);
  }
}

function newToken(prefix: string): string {
  return `${prefix}-${randomBytes(18).toString('base64url')}`;
}
