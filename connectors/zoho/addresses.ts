import { quoted } from '../../src/connector/http/quoted.ts';
import { AssayError } from '../../src/domain/assay-error.ts';
import { dataCentreOf, type Hosts, hostsOf } from './data-centres.ts';
import type { ZohoSettings } from './settings.ts';

type Given = Pick<
  ZohoSettings,
  'dataCentre' | 'environment' | 'accountsUrl' | 'apiUrl' | 'contentUrl'
>;

/**
 * Where calls go: to the data centre of the settings until a token answer has named an `api_domain`,
 * which is believed more (facts §3). Addresses in the settings go before both.
 */
export class Addresses {
  readonly #given: Given;
  #hosts: Hosts;
  /** As the last token answer named it. */
  #apiDomain: string | null = null;

  constructor(given: Given) {
    this.#given = given;
    this.#hosts = hostsOf(given.dataCentre, given.environment);
  }

  of(host: keyof Hosts): string {
    const { apiUrl, accountsUrl, contentUrl } = this.#given;
    if (host === 'accounts') return accountsUrl ?? this.#hosts.accounts;
    const api = apiUrl ?? this.#hosts.api;
    if (host === 'api') return api;
    return contentUrl ?? apiUrl ?? this.#hosts.content;
  }

  get apiDomain(): string | null {
    return this.#apiDomain;
  }

  /**
   * Takes in the `api_domain` of a token answer.
   * @throws AssayError `ACCESS_DENIED` for an address that is not Zoho's: no token is sent there.
   */
  learn(apiDomain: string | null): void {
    if (apiDomain === null || apiDomain === this.#apiDomain) return;
    if (this.#given.apiUrl !== undefined) return;
    this.#hosts = this.#hostsAt(apiDomain);
    this.#apiDomain = apiDomain;
  }

  #hostsAt(apiDomain: string): Hosts {
    const { accounts } = this.#hosts;
    const dataCentre = dataCentreOf(apiDomain);
    if (dataCentre !== null) return { ...hostsOf(dataCentre, this.#given.environment), accounts };
    // A server of one's own for tokens may name one for calls.
    if (this.#given.accountsUrl !== undefined)
      return { accounts, api: apiDomain, content: apiDomain };
    throw strangeDomain(apiDomain);
  }
}

function strangeDomain(apiDomain: string): AssayError {
  return new AssayError(
    'ACCESS_DENIED',
    'pause-connection',
    `The token answer names an API address that is not Zoho's: ${quoted(apiDomain, 200)}`,
    'Look who answers at the accounts address; set apiUrl if this one is right.',
  );
}
