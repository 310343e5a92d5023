import { randomBytes } from 'node:crypto';
import { defaultScopes } from './scopes.ts';
import { TokenWindows } from './token-windows.ts';

/** An access token that is there from the beginning and does not expire by itself. */
export interface StaticToken {
  readonly token: string;
  /** Default {@link defaultScopes}. */
  readonly scopes?: readonly string[];
  /** Whose token it is. Default: the org's integration user. */
  readonly userId?: string;
}

/** A client registered in Zoho's API console. */
export interface OAuthClient {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scopes?: readonly string[];
  /** A refresh token that is there from the beginning, as of an app installed long ago. */
  readonly refreshToken?: string;
  /** Where the consent page may send the browser. Default: to any https address, and to this machine. */
  readonly redirectUris?: readonly string[];
}

/** What a person has agreed to. */
export interface Grant {
  readonly client: OAuthClient;
  readonly scopes: readonly string[];
  /** Default: the org's integration user. */
  readonly userId?: string;
}

/** How a code came to be; of one from the API console or a control, all of it is open. */
export interface CodeOrigin {
  /** Must be named again at the exchange; `null` for a self client's code. */
  readonly redirectUri: string | null;
  /** Whether the exchange brings a refresh token. */
  readonly isOffline: boolean;
}

interface Code extends CodeOrigin {
  readonly grant: Grant;
  readonly expiresAt: number;
}

/** Who is calling. */
export interface Identity {
  readonly token: string;
  readonly scopes: readonly string[];
  readonly userId?: string;
}

/** How long tokens live and how many there may be. */
export interface TokenRules {
  /** Default 3600 (facts §3). */
  readonly accessTokenSeconds: number;
  /** How long a grant code is good: 3 minutes by default. */
  readonly codeSeconds: number;
  /** Access tokens per refresh token in one window. Default 10 (facts §1). */
  readonly accessTokensPerWindow: number;
  /** Default ten minutes. */
  readonly windowMs: number;
  /** Access tokens of one refresh token alive at once; one more ends the oldest. Default 15 [S]. */
  readonly activeAccessTokens: number;
  /** Refresh tokens of a user; one more deletes the oldest. Default 20 (facts §3). */
  readonly refreshTokensPerUser: number;
}

export const tokenRules: TokenRules = {
  accessTokenSeconds: 3_600,
  codeSeconds: 180,
  accessTokensPerWindow: 10,
  windowMs: 600_000,
  activeAccessTokens: 15,
  refreshTokensPerUser: 20,
};

interface AccessToken extends Identity {
  /** Epoch milliseconds; a static token has none until it is ended. */
  expiresAt: number;
  readonly refreshToken: string | null;
}

/** Every token the accounts server knows. One that it does not know and one that ended look alike. */
export class Tokens {
  readonly clients: readonly OAuthClient[];
  readonly rules: TokenRules;
  readonly #clock: () => number;
  readonly #windows: TokenWindows;
  readonly #access = new Map<string, AccessToken>();
  /** Oldest first. */
  readonly #refresh = new Map<string, Grant>();
  readonly #codes = new Map<string, Code>();

  constructor(
    clock: () => number,
    tokens: readonly StaticToken[],
    clients: readonly OAuthClient[],
    rules: Partial<TokenRules> = {},
  ) {
    this.#clock = clock;
    this.clients = clients;
    this.rules = { ...tokenRules, ...rules };
    this.#windows = new TokenWindows(this.rules.accessTokensPerWindow, this.rules.windowMs);
    for (const { scopes = defaultScopes, ...rest } of tokens) {
      const forever = { expiresAt: Number.POSITIVE_INFINITY, refreshToken: null };
      this.#access.set(rest.token, { ...rest, scopes, ...forever });
    }
    for (const client of clients) {
      if (client.refreshToken === undefined) continue;
      this.#refresh.set(client.refreshToken, { client, scopes: client.scopes ?? defaultScopes });
    }
  }

  identify(token: string): Identity | undefined {
    const known = this.#access.get(token);
    return known !== undefined && known.expiresAt > this.#clock() ? known : undefined;
  }

  /** A code as the consent page would bring it back; good for one exchange. */
  authorize(
    client: OAuthClient,
    scopes = client.scopes ?? defaultScopes,
    origin: CodeOrigin = { redirectUri: null, isOffline: true },
  ): string {
    const code = newToken();
    const expiresAt = this.#clock() + this.rules.codeSeconds * 1_000;
    this.#codes.set(code, { ...origin, grant: { client, scopes }, expiresAt });
    return code;
  }

  /** Nothing when it is unknown, spent, late, or named with another redirect URI. */
  takeCode(code: string, redirectUri: string): Pick<Code, 'grant' | 'isOffline'> | undefined {
    const known = this.#codes.get(code);
    this.#codes.delete(code);
    if (known === undefined || known.expiresAt <= this.#clock()) return undefined;
    const isSame = known.redirectUri === null || known.redirectUri === redirectUri;
    return isSame ? known : undefined;
  }

  /** Whether anybody agreed to this client before. */
  hasRefresh(client: OAuthClient): boolean {
    return [...this.#refresh.values()].some((grant) => grant.client === client);
  }

  refreshGrant(token: string): Grant | undefined {
    return this.#refresh.get(token);
  }

  /** A new refresh token for the grant's user, whose oldest one goes when there are too many. */
  issueRefresh(grant: Grant): string {
    const token = newToken();
    this.#refresh.set(token, grant);
    const ofUser = [...this.#refresh].filter(([, each]) => each.userId === grant.userId);
    for (const [oldest] of ofUser.slice(0, -this.rules.refreshTokensPerUser)) this.revoke(oldest);
    return token;
  }

  /** A new access token, or nothing when the refresh token has had its ten in this window. */
  issueAccess(refreshToken: string, { scopes, userId }: Grant): string | undefined {
    const now = this.#clock();
    if (!this.#windows.take(refreshToken, now)) return undefined;
    const token = newToken();
    const expiresAt = now + this.rules.accessTokenSeconds * 1_000;
    const user = userId === undefined ? {} : { userId };
    this.#access.set(token, { token, scopes, ...user, expiresAt, refreshToken });
    const alive = [...this.#access.values()].filter((each) => each.refreshToken === refreshToken);
    for (const old of alive.slice(0, -this.rules.activeAccessTokens)) {
      this.#access.delete(old.token);
    }
    return token;
  }

  /** Takes a token of either kind away; a refresh token takes its access tokens along. */
  revoke(token: string): boolean {
    const isAccess = this.#access.delete(token);
    if (!this.#refresh.delete(token)) return isAccess;
    for (const each of this.#access.values()) {
      if (each.refreshToken === token) this.#access.delete(each.token);
    }
    return true;
  }

  /** Takes every refresh token away, as when a person removes the app. */
  revokeAll(): void {
    for (const token of this.#refresh.keys()) this.revoke(token);
  }

  /** Ends an access token before its time, a static one too. */
  expire(token: string): void {
    const known = this.#access.get(token);
    if (known !== undefined) known.expiresAt = this.#clock();
  }

  /** Ends all access tokens that came of a refresh token. */
  expireAll(): void {
    for (const { token, refreshToken } of this.#access.values()) {
      if (refreshToken !== null) this.expire(token);
    }
  }
}

function newToken(): string {
  return `1000.${randomBytes(16).toString('hex')}.${randomBytes(16).toString('hex')}`;
}
