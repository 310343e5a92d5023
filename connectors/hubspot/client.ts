import { Request } from '@hubspot/api-client/lib/src/services/http/Request.js';
import type { z } from 'zod';
import type { CallUsage } from '../../src/connector/account.ts';
import { CallError } from '../../src/connector/http/call-error.ts';
import { CallGate } from '../../src/connector/http/call-gate.ts';
import type { DailyBudget } from '../../src/connector/http/daily-budget.ts';
import type { Meter } from '../../src/connector/http/meter.ts';
import type { RetryPolicy } from '../../src/connector/http/retry.ts';
import type { ServerClock } from '../../src/connector/http/server-clock.ts';
import { parseStorable } from '../../src/connector/http/storable-text.ts';
import type { Clock } from '../../src/lib/clock.ts';
import type { Logger } from '../../src/lib/logger.ts';
import { noAnswer, unexpected, unreadable } from './answer-errors.ts';
import type { Auth } from './auth.ts';
import { endpointOf } from './endpoint.ts';
import { refusal, tokenRefused } from './errors.ts';
import type { Lane, Rates } from './rates.ts';

type Query = readonly (readonly [name: string, value: string])[];

/** One call of HubSpot's API. */
export type HubSpotCall<T> = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** Repeated names are sent repeated, as the official client does. */
  readonly query?: Query;
  readonly body?: unknown;
  /** The answer's form; `undefined` goes in for an answer without a body. */
  readonly answer: z.ZodType<T>;
  readonly effect: 'read' | 'write';
  /** Default `general`. */
  readonly lane?: Lane;
  /** Default true. False: a second one would do it twice, such as creating. */
  readonly repeatable?: boolean;
  /** Sent without a token, and the body as a form: only the token endpoint. */
  readonly isTokenRequest?: boolean;
};

type Attempt = {
  readonly answered: (status: number) => void;
  readonly within: AbortSignal;
};

type ClientInput = {
  readonly baseUrl: string;
  readonly auth: Auth;
  readonly rates: Rates;
  readonly daily: DailyBudget;
  readonly serverClock: ServerClock;
  readonly clock: Clock;
  readonly log: Logger;
  readonly timeoutMs: number;
  readonly policy?: RetryPolicy;
  readonly meter?: Meter | undefined;
};

/**
 * HubSpot's API through the class behind the official client's `apiRequest`, with everything that it
 * leaves out. The package's root would load every API it knows (4.6 MB minified), and share a limiter
 * and a retry count among all clients of the process (BEHAVIOR 2). Its own sending follows redirects
 * and cannot be stopped (BEHAVIOR 3), so what it builds is sent here.
 */
export class HubSpotClient {
  readonly #input: ClientInput;
  readonly #gate: CallGate;

  constructor(input: ClientInput) {
    this.#input = input;
    const { daily, clock, log, timeoutMs, auth, policy, meter } = input;
    this.#gate = new CallGate({
      ...{ quota: daily, clock, log, timeoutMs },
      ...(policy !== undefined && { policy }),
      ...(meter !== undefined && { meter }),
      refresh: (signal) => auth.renew(signal),
    });
  }

  /**
   * Makes the call within the budgets, again where that helps, and reads the answer.
   * @throws CallError as classified in `errors.ts`.
   */
  async send<T>(call: HubSpotCall<T>, signal: AbortSignal): Promise<T> {
    const name = `${call.method} ${call.path}`;
    const budgets = this.#input.rates.budgets(call.lane ?? 'general');
    try {
      return await this.#gate.run(
        {
          ...{ name, budgets, effect: call.effect, endpoint: endpointOf(name) },
          repeatable: call.repeatable ?? true,
          // A renewal that other calls wait for too goes on when this call is given up.
          send: async (within, answered) => {
            const headers = await this.#headers(call, signal);
            return await this.#attempt(call, name, headers, { answered, within });
          },
        },
        signal,
      );
    } catch (error) {
      throw error instanceof CallError && error.disposition === 'refresh'
        ? refusedAfterRenewal(error)
        : error;
    }
  }

  usage(): CallUsage {
    return this.#gate.usage();
  }

  async #attempt<T>(
    call: HubSpotCall<T>,
    name: string,
    headers: Readonly<Record<string, string>>,
    { answered, within }: Attempt,
  ): Promise<T> {
    const response = await this.#request(call, name, headers, within);
    answered(response.status);
    const text = await readText(response, name);
    this.#note(response, call.lane ?? 'general');
    if (response.ok) return parseAnswer(call, name, text);
    const error = refusal({
      status: response.status,
      retryAfter: response.headers.get('retry-after'),
      ...{ text, call: name },
      renewable: this.#input.auth.renewable && call.isTokenRequest !== true,
    });
    if (response.status === 429) this.#noteTooMany(call, error);
    throw error;
  }

  async #headers<T>(
    call: HubSpotCall<T>,
    signal: AbortSignal,
  ): Promise<Readonly<Record<string, string>>> {
    if (call.isTokenRequest === true)
      return { 'Content-Type': 'application/x-www-form-urlencoded' };
    const token = await this.#input.auth.token(signal);
    return { Authorization: `Bearer ${token.reveal()}` };
  }

  async #request<T>(
    { method, path, query = [], body, isTokenRequest = false }: HubSpotCall<T>,
    name: string,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Response> {
    const search = new URLSearchParams();
    for (const [key, value] of query) search.append(key, value);
    try {
      const request = new Request(
        { basePath: this.#input.baseUrl },
        {
          method,
          path: search.size === 0 ? path : `${path}?${search}`,
          headers: { ...headers },
          defaultJson: !isTokenRequest,
          ...(body !== undefined && { body }),
        },
      );
      // The token, or with it the client's secret, must not follow a redirect to wherever it leads.
      const own = { redirect: 'manual', signal } as const;
      return await fetch(request.getUrl(), { ...request.getSendData(), ...own });
    } catch (cause) {
      throw noAnswer(name, cause);
    }
  }

  #note(response: Response, lane: Lane): void {
    this.#input.serverClock.note(response.headers.get('date'));
    this.#input.rates.note(response.headers, lane);
  }

  // Everyone in the lane waits, not only the call that was told to.
  #noteTooMany<T>(call: HubSpotCall<T>, { waitMs }: CallError): void {
    this.#gate.noteTooMany();
    const [lane] = this.#input.rates.budgets(call.lane ?? 'general');
    if (waitMs !== null) lane?.hold(waitMs);
  }
}

async function readText(response: Response, name: string): Promise<string> {
  try {
    return await response.text();
  } catch (cause) {
    throw noAnswer(name, cause);
  }
}

function parseAnswer<T>(call: HubSpotCall<T>, name: string, text: string): T {
  const bodiless = text.trim() === '' && call.answer.safeParse(undefined);
  if (bodiless !== false && bodiless.success) return bodiless.data;
  const parsed = call.answer.safeParse(parseJson(text, name));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.slice(0, 3);
  const shown = problems.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  throw unexpected(name, shown);
}

function parseJson(text: string, name: string): unknown {
  try {
    return parseStorable(text);
  } catch {
    throw unreadable(name, text);
  }
}

function refusedAfterRenewal(cause: CallError): CallError {
  return new CallError({ ...tokenRefused, message: cause.message, cause });
}
