/** A body as axios sends it unchanged, with the header that names its type. */
export type EncodedBody = {
  readonly data?: unknown;
  readonly headers: Readonly<Record<string, string>>;
};

/** JSON, unless it is a form: axios names the type of one with parts by itself. */
export function encode(body: unknown): EncodedBody {
  if (body === undefined) return { headers: {} };
  if (body instanceof FormData) return { data: body, headers: {} };
  if (body instanceof URLSearchParams)
    return {
      data: body.toString(),
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    };
  return { data: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } };
}
