/** A refusal, with Zoho's code, message and details. */
export class ZohoError extends Error {
  override readonly name = 'ZohoError';
  readonly status: number;
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
    this.headers = headers;
  }

  /** As it stands in an answer: alone (shape A), or as one of `data[]` (shape B). */
  render(): Readonly<Record<string, unknown>> {
    const { code, details, message } = this;
    return { code, details, message, status: 'error' };
  }
}

export function invalidModule(): ZohoError {
  return new ZohoError(400, 'INVALID_MODULE', 'the module name given seems to be invalid', {
    resource_path_index: 0,
  });
}

export function invalidId(): ZohoError {
  return new ZohoError(400, 'INVALID_DATA', 'the id given seems to be invalid', {
    api_name: 'id',
    json_path: '$.data[0].id',
  });
}

export function parameterMissing(name: string): ZohoError {
  return new ZohoError(400, 'REQUIRED_PARAM_MISSING', 'One of the expected parameter is missing', {
    param_name: name,
  });
}
