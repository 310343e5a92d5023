import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import type { CallUsage } from '../../src/connector/account.ts';
import { CallError } from '../../src/connector/http/call-error.ts';
import { CallGate } from '../../src/connector/http/call-gate.ts';
import type { Meter } from '../../src/connector/http/meter.ts';
import type { RetryPolicy } from '../../src/connector/http/retry.ts';
import type { ServerClock } from '../../src/connector/http/server-clock.ts';
import type { Clock } from '../../src/lib/clock.ts';
import type { Logger } from '../../src/lib/logger.ts';
import type { Secret } from '../../src/lib/secret.ts';
import type { Addresses } from './addresses.ts';
import { noAnswer } from './answer-errors.ts';
import type { Auth } from './auth.ts';
import type { CreditShare } from './credit-share.ts';
import { refusal, tokenRefused } from './errors.ts';
import type { Rates } from './rates.ts';
import { isAnswer, readAnswer } from './read-answer.ts';
import { encode } from './request-body.ts';
import type { ZohoCall } from './zoho-call.ts';

type ClientInput = {
  readonly auth: Auth;
  readonly addresses: Addresses;
  readonly rates: Rates;
  readonly credits: CreditShare;
  readonly serverClock: ServerClock;
  readonly clock: Clock;
  readonly log: Logger;
  readonly timeoutMs: number;
  readonly policy?: RetryPolicy;
  readonly meter?: Meter | undefined;
};

/** Zoho's API through axios, which sends once and gives back what came: all else is ours. */
export class ZohoClient {
  readonly #input: ClientInput;
  readonly #gate: CallGate;
  readonly #http = new HttpAgent({ keepAlive: true });
  readonly #https = new HttpsAgent({ keepAlive: true });
  readonly #axios: AxiosInstance;

  constructor(input: ClientInput) {
    this.#input = input;
    const { credits, clock, log, timeoutMs, auth, policy, meter } = input;
    this.#axios = axios.create({
      ...{ adapter: 'http', httpAgent: this.#http, httpsAgent: this.#https, timeout: timeoutMs },
      // The token must not follow a redirect to wherever it leads.
      ...{ maxRedirects: 0, validateStatus: () => true, responseType: 'arraybuffer' },
      ...{ transformRequest: (data: unknown) => data, transformResponse: (data: unknown) => data },
    });
    this.#gate = new CallGate({
      ...{ quota: credits.budget, clock, log, timeoutMs },
      ...(policy !== undefined && { policy }),
      ...(meter !== undefined && { meter }),
      refresh: async (signal) => {
        await auth.grant(signal);
      },
    });
  }

  /**
   * Makes the call within the budgets, again where that helps, and reads the answer.
   * @throws CallError as classified in `errors.ts`.
   */
  async send<T>(call: ZohoCall<T>, signal: AbortSignal): Promise<T> {
    const name = `${call.method} ${call.path}`;
    const budgets = this.#input.rates.budgets(call.pool, call.isDownload ?? false);
    try {
      // Before the call's own time runs: a renewal that takes long must not look like a lost write.
      await this.#token(call, signal);
      return await this.#gate.run(
        {
          ...{ name, effect: call.effect, spends: call.credits },
          budgets: call.host === 'accounts' ? [] : budgets,
          repeatable: call.repeatable ?? true,
          ...(call.priority !== undefined && { priority: call.priority }),
          send: (within, answered) => this.#attempt(call, name, answered, within),
        },
        signal,
      );
    } catch (error) {
      if (!(error instanceof CallError) || error.disposition !== 'refresh') throw error;
      throw refusedFor(error);
    }
  }

  usage(): CallUsage {
    return this.#gate.usage();
  }

  /** Lets go of idle sockets. */
  close(): void {
    this.#http.destroy();
    this.#https.destroy();
  }

  async #attempt<T>(
    call: ZohoCall<T>,
    name: string,
    answered: (status: number) => void,
    signal: AbortSignal,
  ): Promise<T> {
    const token = await this.#token(call, signal);
    const response = await this.#request(call, name, token?.reveal() ?? null, signal);
    answered(response.status);
    this.#note(call, response);
    const received = { status: response.status, bytes: response.data };
    if (isAnswer(call, received)) return readAnswer(call, name, received);
    const error = refusal({
      ...{ status: response.status, call: name, isDownload: call.isDownload ?? false },
      text: response.data.toString(),
      retryAfter: headerOf(response, 'retry-after'),
      remaining: this.#input.credits.remaining,
    });
    // Of a renewal itself: renewing for its sake would wait for itself for ever.
    if (error.disposition === 'refresh' && token === null) throw refusedFor(error);
    if (error.disposition === 'refresh' && token !== null) this.#input.auth.refused(token);
    if (response.status === 429) this.#gate.noteTooMany();
    if (error.code === 'RATE_LIMITED') this.#hold(call, error);
    throw error;
  }

  // The first token also tells where the API is.
  async #token<T>({ host }: ZohoCall<T>, signal: AbortSignal): Promise<Secret | null> {
    if (host === 'accounts') return null;
    const { token, apiDomain } = await this.#input.auth.grant(signal);
    this.#input.addresses.learn(apiDomain);
    return token;
  }

  async #request<T>(
    { method, path, query = {}, headers = {}, body, host = 'api', origin, credits }: ZohoCall<T>,
    name: string,
    token: string | null,
    signal: AbortSignal,
  ): Promise<AxiosResponse<Buffer>> {
    const encoded = encode(body);
    const answered = this.#input.credits.begin(credits);
    try {
      return await this.#axios.request<Buffer>({
        ...{ method, params: query, signal },
        url: `${origin ?? this.#input.addresses.of(host)}${path}`,
        headers: {
          ...(token !== null && { Authorization: `Zoho-oauthtoken ${token}` }),
          ...encoded.headers,
          ...headers,
        },
        ...(encoded.data !== undefined && { data: encoded.data }),
      });
    } catch (cause) {
      signal.throwIfAborted();
      throw noAnswer(name, cause);
    } finally {
      answered();
    }
  }

  #note<T>({ host = 'api' }: ZohoCall<T>, response: AxiosResponse<Buffer>): void {
    this.#input.serverClock.note(headerOf(response, 'date'));
    if (host === 'api') this.#input.credits.note(headerOf(response, 'x-api-credits-remaining'));
  }

  // Everyone who would meet the same limit waits, not only the call that was told to.
  #hold<T>({ pool, isDownload = false }: ZohoCall<T>, { waitMs }: CallError): void {
    const budgets = this.#input.rates.budgets(pool, isDownload);
    for (const budget of isDownload ? budgets.slice(0, 1) : budgets) budget.hold(waitMs ?? 0);
  }
}

function headerOf(response: AxiosResponse, name: string): string | null {
  const value: unknown = response.headers[name];
  return typeof value === 'string' ? value : null;
}

/** A token that cannot be renewed is a person's to mend. */
function refusedFor(error: CallError): CallError {
  return new CallError({ ...tokenRefused, message: error.message, cause: error });
}
