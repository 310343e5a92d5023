interface Window {
  readonly startedAt: number;
  taken: number;
}

/**
 * So many access tokens per refresh token in a window that begins with the first of them; when they
 * are used up, the refresh token is blocked for the rest of the window (facts §1).
 */
export class TokenWindows {
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #windows = new Map<string, Window>();

  constructor(limit: number, windowMs: number) {
    this.#limit = limit;
    this.#windowMs = windowMs;
  }

  /** Whether there was room for one more; it is counted then. */
  take(refreshToken: string, now: number): boolean {
    const known = this.#windows.get(refreshToken);
    if (known === undefined || now >= known.startedAt + this.#windowMs) {
      this.#windows.set(refreshToken, { startedAt: now, taken: 1 });
      return true;
    }
    if (known.taken >= this.#limit) return false;
    known.taken += 1;
    return true;
  }
}
