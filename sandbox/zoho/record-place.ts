import { ZohoError } from './errors.ts';

/** Where in a body a record stands: `$.data[index]`. */
export class RecordPlace {
  readonly #index: number;

  constructor(index = 0) {
    this.#index = index;
  }

  /** `api_name` and `json_path` of a field, as every error names it. */
  of(apiName: string): Readonly<Record<string, string>> {
    return { api_name: apiName, json_path: `$.data[${this.#index}].${apiName}` };
  }

  invalid(apiName: string, details: Readonly<Record<string, unknown>> = {}, message?: string) {
    const text = message ?? 'invalid data';
    return new ZohoError(400, 'INVALID_DATA', text, { ...details, ...this.of(apiName) });
  }

  unknownId(): ZohoError {
    return this.invalid('id', {}, 'the id given seems to be invalid');
  }

  missing(apiName: string): ZohoError {
    const message = 'required field not found';
    return new ZohoError(400, 'MANDATORY_NOT_FOUND', message, this.of(apiName));
  }
}
