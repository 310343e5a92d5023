import type { RequestHandler } from 'express';
import { type LatencySpec, sampleLatency } from './latency.ts';
import type { Random } from './random.ts';

/** The latency of a sandbox; it can be changed while it runs. */
export class Latency {
  readonly #random: Random;
  spec: LatencySpec;

  constructor(spec: LatencySpec, random: Random) {
    this.spec = spec;
    this.#random = random;
  }

  sample(): number {
    return sampleLatency(this.spec, this.#random);
  }
}

/** Makes every call wait before its work, whether it will succeed or not. */
export function delayAnswers(latency: Latency): RequestHandler {
  return (_req, _res, next) => {
    const ms = latency.sample();
    if (ms === 0) next();
    else setTimeout(next, ms);
  };
}
