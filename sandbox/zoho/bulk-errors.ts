import { ZohoError } from './errors.ts';
import type { Org } from './org.ts';
import type { Edition } from './org-options.ts';

type Details = Readonly<Record<string, unknown>>;

/** A refusal of a bulk endpoint, by the codes that Zoho's own SDK knows there. */
export function bulkError(code: string, message: string, details: Details = {}): ZohoError {
  return new ZohoError(400, code, message, details);
}

/** 404: no such job, or its result is not there yet or no more. */
export function resourceNotFound(resource: string): ZohoError {
  const message = "The requested resource doesn't exist.";
  return new ZohoError(404, 'RESOURCE_NOT_FOUND', message, { resource });
}

export function moduleNotAvailable(module: string): ZohoError {
  return bulkError('MODULE_NOT_AVAILABLE', `Requested module '${module}' is not available.`, {
    module,
  });
}

/** Throws where the org's edition has no bulk API; which one and with which answer is in no source. */
export function checkEdition({ options }: Org, without: readonly Edition[]): void {
  if (without.includes(options.edition))
    throw new ZohoError(403, 'NOT_ALLOWED', 'The bulk API is not available in this edition', {
      edition: options.edition,
    });
}
