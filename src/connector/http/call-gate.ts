import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { CallUsage } from '../account.ts';
import { CallError } from './call-error.ts';
import { withDeadline } from './deadline.ts';
import { endpointOf } from './endpoint-of.ts';
import { type Meter, noMeter } from './meter.ts';
import { priorityNow } from './priority.ts';
import type { QuotaBudget } from './quota-budget.ts';
import type { Leave, RateBudget } from './rate-budget.ts';
import { defaultRetryPolicy, type RetryPolicy, withRetry } from './retry.ts';

/** One call as the gate sees it. */
export type GatedCall<T> = {
  /** For the log, for example `GET /crm/objects/2026-03/deals`. */
  readonly name: string;
  /** Every rate limit it counts against. */
  readonly budgets: readonly RateBudget[];
  readonly effect: 'read' | 'write';
  /** Making it twice does no more than making it once. */
  readonly repeatable: boolean;
  /** Default: that of `withPriority` around it. */
  readonly priority?: number;
  /** What it costs of the quota. Default 1. */
  readonly spends?: number;
  /** What it is counted under, where its path holds names. Default: `endpointOf(name)`. */
  readonly endpoint?: string;
  /**
   * One attempt; throws a `CallError` for anything but the answer asked for. Says by `answered` which
   * HTTP status came.
   */
  readonly send: (signal: AbortSignal, answered: (status: number) => void) => Promise<T>;
};

type CallGateInput = {
  readonly quota: QuotaBudget;
  readonly clock: Clock;
  readonly log: Logger;
  readonly timeoutMs: number;
  readonly refresh: (signal: AbortSignal) => Promise<void>;
  readonly policy?: RetryPolicy;
  /** Default: nobody counts. */
  readonly meter?: Meter;
};

/** The way out for every call: budgets, count, deadline, retry. */
export class CallGate {
  readonly #input: CallGateInput;
  #read = 0;
  #write = 0;
  #spent = 0;
  #tooMany = 0;

  constructor(input: CallGateInput) {
    this.#input = input;
  }

  async run<T>(call: GatedCall<T>, signal: AbortSignal): Promise<T> {
    const { policy = defaultRetryPolicy, clock, refresh, log } = this.#input;
    return await withRetry(() => this.#attempt(call, signal), {
      ...{ policy, clock, signal, refresh },
      repeatable: call.repeatable,
      onFailure: ({ code }, waitMs) => log.warn({ call: call.name, code, waitMs }, 'call.again'),
    });
  }

  /** Says that a 429 was among the answers. */
  noteTooMany(): void {
    this.#tooMany += 1;
  }

  usage(): CallUsage {
    const [read, write] = [this.#read, this.#write];
    return { read, write, total: read + write, spent: this.#spent, tooMany: this.#tooMany };
  }

  async #attempt<T>(call: GatedCall<T>, signal: AbortSignal): Promise<T> {
    const leaves: Leave[] = [];
    const { priority = priorityNow() } = call;
    try {
      for (const budget of call.budgets) leaves.push(await budget.enter(signal, priority));
      return await this.#send(call, signal);
    } finally {
      for (const leave of leaves) leave();
    }
  }

  async #send<T>(call: GatedCall<T>, signal: AbortSignal): Promise<T> {
    const { spends = 1 } = call;
    await this.#input.quota.spend(spends);
    this.#spent += spends;
    if (call.effect === 'read') this.#read += 1;
    else this.#write += 1;
    return await this.#metered(call, signal);
  }

  async #metered<T>(call: GatedCall<T>, signal: AbortSignal): Promise<T> {
    const { timeoutMs, meter = noMeter, quota, clock } = this.#input;
    const { name, endpoint = endpointOf(name) } = call;
    const [startedAt, since] = [clock.now(), performance.now()];
    let status: number | null = null;
    const send = (within: AbortSignal) =>
      call.send(within, (answered) => {
        status = answered;
      });
    try {
      return await withDeadline(send, timeoutMs, signal, () => timedOut(name, timeoutMs));
    } finally {
      const { unit, used, budget, isWhole } = quota;
      const ms = performance.now() - since;
      meter({ endpoint, status, startedAt, ms, quota: isWhole ? { unit, used, budget } : null });
    }
  }
}

function timedOut(name: string, ms: number): CallError {
  return new CallError({
    code: 'CALL_TIMED_OUT',
    disposition: 'retry',
    message: `No answer within ${ms / 1000} s: ${name}`,
    todo: 'Nothing at first, it is tried again. If it lasts, look at the CRM’s status page or raise timeoutMs.',
    mayHaveHappened: true,
  });
}
