import { CallError } from '../../src/connector/http/call-error.ts';
import { once } from '../../src/connector/once.ts';
import type { DealStatus } from '../../src/domain/deal.ts';
import type { Logger } from '../../src/lib/logger.ts';
import type { ZohoClient } from './client.ts';
import { readStages, type Stage, statusByValue } from './stages.ts';
import { fieldList, type WireField } from './wire-fields.ts';
import { currenciesAnswer } from './wire-org.ts';

/** A currency of the org with the rate of today; a record keeps that of its last save (facts §9). */
export type OrgCurrency = {
  readonly iso: string;
  /** As text, up to 9 and 9 digits. */
  readonly rate: string;
  readonly isHome: boolean;
};

type Ask<T> = (signal: AbortSignal) => Promise<T>;

/** What the org's setup says, each asked once until it is forgotten. */
export class Metadata {
  readonly #client: ZohoClient;
  readonly #log: Logger;
  readonly #fields = new Map<string, Ask<readonly WireField[]>>();
  readonly #allStages = once((signal) => readStages(this.#client, signal));
  readonly #currencies = once((signal) => this.#readCurrencies(signal));

  constructor(client: ZohoClient, log: Logger) {
    this.#client = client;
    this.#log = log;
  }

  /** Those that the token's user may see: a hidden one is simply missing (facts §9). 1 credit. */
  async fieldsOf(module: string, signal: AbortSignal): Promise<readonly WireField[]> {
    const ask = this.#fields.get(module) ?? once((within) => this.#readFields(module, within));
    this.#fields.set(module, ask);
    return await ask(signal);
  }

  /** After its fields were changed. */
  forget(module: string): void {
    this.#fields.delete(module);
  }

  /** Whether a deal is won, by its stage's stored value (BEHAVIOR 14). A credit for each layout, and one. */
  async stages(signal: AbortSignal): Promise<ReadonlyMap<string, DealStatus>> {
    return statusByValue(await this.#allStages(signal));
  }

  async allStages(signal: AbortSignal): Promise<readonly Stage[]> {
    return await this.#allStages(signal);
  }

  /** By ISO code; nothing when the token may not read them. 1 credit. */
  async rates(signal: AbortSignal): Promise<ReadonlyMap<string, OrgCurrency>> {
    return await this.#currencies(signal);
  }

  async #readFields(module: string, signal: AbortSignal): Promise<readonly WireField[]> {
    const { fields } = await this.#client.send(
      {
        ...{ method: 'GET', path: '/crm/v8/settings/fields', query: { module } },
        ...{ answer: fieldList, effect: 'read', credits: 1, pool: 'plain' },
      },
      signal,
    );
    return fields;
  }

  async #readCurrencies(signal: AbortSignal): Promise<ReadonlyMap<string, OrgCurrency>> {
    try {
      const answer = await this.#client.send(
        {
          ...{ method: 'GET', path: '/crm/v8/org/currencies', answer: currenciesAnswer },
          ...{ effect: 'read', credits: 1, pool: 'plain' },
        },
        signal,
      );
      return new Map(
        (answer?.currencies ?? []).map(
          ({ iso_code: iso, exchange_rate: rate, is_base: isHome }) => {
            return [iso, { iso, rate, isHome }];
          },
        ),
      );
    } catch (error) {
      if (!(error instanceof CallError) || !unanswerable.has(error.code)) throw error;
      this.#log.warn({ code: error.code }, 'rates.unknown');
      return new Map();
    }
  }
}

const unanswerable: ReadonlySet<string> = new Set([
  'SCOPE_MISSING',
  'NOT_FOUND',
  'ACCESS_DENIED',
  'REQUEST_REFUSED',
]);
