import type { Currencies } from './currencies.ts';
import type { Pipelines } from './pipelines.ts';
import type { ExternalOptions } from './schema.ts';

/**
 * Values that other parts of the portal decide: a deal's pipeline, stage and currency. A currency
 * the account does not have is a 400 INVALID_OPTION (README 21).
 */
export function externalOptions(pipelines: Pipelines, currencies: Currencies): ExternalOptions {
  return (type, property) => {
    if (type !== 'deals') return undefined;
    if (property === 'pipeline') return pipelines.ids('deals');
    if (property === 'dealstage') return pipelines.stageIds('deals');
    if (property === 'deal_currency_code') return currencies.codes();
    return undefined;
  };
}
