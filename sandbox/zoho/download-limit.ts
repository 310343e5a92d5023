import { SlidingWindow } from '../kit/sliding-window.ts';
import { ZohoError } from './errors.ts';

const MINUTE = 60_000;

/** So many downloads a minute; who asks for more is refused for a minute (facts §1, §8). */
export class DownloadLimit {
  readonly #window: SlidingWindow;
  #blockedUntil = -Infinity;

  constructor(perMinute: number) {
    this.#window = new SlidingWindow(perMinute, MINUTE);
  }

  take(now: number): void {
    const isBlocked = now < this.#blockedUntil;
    if (!isBlocked && this.#window.hasRoom(now)) {
      this.#window.take(now);
      return;
    }
    if (!isBlocked) this.#blockedUntil = now + MINUTE;
    throw new ZohoError(429, 'TOO_MANY_REQUESTS', 'Too many downloads: try again in a minute.');
  }
}
