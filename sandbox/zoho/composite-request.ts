import { z } from 'zod';

const part = z.object({
  sub_request_id: z.string().optional(),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  uri: z.string().startsWith('/crm/'),
  params: z.record(z.string(), z.unknown()).default({}),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.unknown().optional(),
});

/** The body of `POST /crm/v8/__composite_requests` (facts §5.5). */
export const compositeRequest = z.object({
  parallel_execution: z.boolean().default(false),
  rollback_on_fail: z.boolean().default(false),
  __composite_requests: z.array(part).min(1).max(5),
});

/** One call within a composite one. */
export interface CompositePart {
  readonly id: string | undefined;
  readonly method: string;
  /** Without query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** The calls in a composite one; none when its body is not one. */
export function compositeParts(body: unknown): readonly CompositePart[] {
  const parsed = compositeRequest.safeParse(body);
  return (parsed.data?.__composite_requests ?? []).map(({ uri, params, ...rest }) => {
    const url = new URL(uri, 'http://sandbox.invalid');
    for (const [name, value] of Object.entries(params)) url.searchParams.set(name, String(value));
    const { sub_request_id: id, method, headers, body: sent } = rest;
    const query = Object.fromEntries(url.searchParams);
    return { id, method, path: url.pathname, query, headers, body: sent };
  });
}
