import { afterAll } from 'vitest';
import {
  startZohoSandbox,
  type ZohoSandbox,
  type ZohoSandboxOptions,
} from '../../../sandbox/zoho/server.ts';

/** An answer, with its JSON laid open for `toMatchObject`; the text where it is no JSON. */
interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: unknown;
}

export type Caller = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<Answer>;

/** A sandbox on loopback that ends with its test file, and a caller with its token. */
export async function startCaller(
  options: ZohoSandboxOptions = {},
): Promise<{ readonly sandbox: ZohoSandbox; readonly call: Caller }> {
  const sandbox = await startZohoSandbox(options);
  afterAll(() => sandbox.close());
  return { sandbox, call: callerOf(sandbox.url, sandbox.token) };
}

/** JSON goes out as bytes, so without a content type, as Zoho's own SDK sends it (facts §2.2). */
export function callerOf(url: string, token: string): Caller {
  return async (method, path, body, headers = {}) => {
    const control = path.startsWith('/_sandbox');
    const answer = await fetch(url + path, {
      method,
      headers: {
        authorization: `Zoho-oauthtoken ${token}`,
        ...(control ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: bodyOf(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, body: parsed(text) };
  };
}

function bodyOf(body: unknown) {
  if (body instanceof URLSearchParams || body instanceof FormData) return body;
  if (body instanceof Uint8Array) return new Uint8Array(body);
  return new TextEncoder().encode(JSON.stringify(body));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
