import { randomBytes } from 'node:crypto';
import { ZohoError } from './errors.ts';

/** Where a page of a list begins. */
export interface PageStart {
  /** The record before its first one; `null`: the first page. */
  readonly after: Position | null;
  /** How many records the pages before it hold. */
  readonly before: number;
  /** Of this page, counted from one. */
  readonly page: number;
  /** Token of the page before it. */
  readonly previous: string | null;
}

/** A record's place in an order. */
export interface Position {
  readonly key: number;
  readonly id: string;
}

/** What a token is bound to: the user, and a fingerprint of all other parameters. */
export interface TokenOwner {
  readonly userId: string;
  readonly fingerprint: string;
}

interface Issued extends TokenOwner {
  readonly start: PageStart;
  readonly expiresAt: number;
}

const LIFE_MS = 24 * 3_600_000;

/** The `page_token`s of an org: they live a day and serve one user with the same parameters only. */
export class PageTokens {
  readonly #tokens = new Map<string, Issued>();

  /** Also returns when it ends, in epoch milliseconds. */
  issue(owner: TokenOwner, start: PageStart, now: number) {
    this.#dropOld(now);
    const token = randomBytes(24).toString('hex');
    const expiresAt = now + LIFE_MS;
    this.#tokens.set(token, { ...owner, start, expiresAt });
    return { token, expiresAt };
  }

  redeem(token: string, owner: TokenOwner, now: number): PageStart {
    const issued = this.#tokens.get(token);
    if (issued === undefined) throw refusal('INVALID_DATA', 'the given page token is invalid');
    if (issued.expiresAt <= now)
      throw new ZohoError(400, 'EXPIRED_VALUE', 'the page token has expired', {
        api_name: 'page_token',
      });
    const isSame = issued.userId === owner.userId && issued.fingerprint === owner.fingerprint;
    if (isSame) return issued.start;
    throw refusal('TOKEN_BOUND_DATA_MISMATCH', 'the page token belongs to another request');
  }

  /** Who comes a week late may be told anything; those a day late are told that they are. */
  #dropOld(now: number): void {
    for (const [token, { expiresAt }] of this.#tokens) {
      if (expiresAt + 6 * LIFE_MS > now) return;
      this.#tokens.delete(token);
    }
  }
}

function refusal(code: string, message: string): ZohoError {
  return new ZohoError(400, code, message, { param_name: 'page_token' });
}
