import { afterAll } from 'vitest';
import { z } from 'zod';
import {
  type HubSpotSandbox,
  type HubSpotSandboxOptions,
  startHubSpotSandbox,
} from '../../../sandbox/hubspot/server.ts';

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
  options: HubSpotSandboxOptions = {},
): Promise<{ readonly sandbox: HubSpotSandbox; readonly call: Caller }> {
  const sandbox = await startHubSpotSandbox(options);
  afterAll(() => sandbox.close());
  return { sandbox, call: callerOf(sandbox.url, sandbox.token) };
}

export function callerOf(url: string, token: string): Caller {
  return async (method, path, body, headers = {}) => {
    const isForm = body instanceof URLSearchParams;
    const answer = await fetch(url + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(isForm ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, body: parsed(text) };
  };
}

const record = z.object({ id: z.string() });

/** Creates a contact and returns its id. */
export async function newContact(
  call: Caller,
  properties: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { body } = await call('POST', '/crm/objects/2026-03/contacts', { properties });
  return record.parse(body).id;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
