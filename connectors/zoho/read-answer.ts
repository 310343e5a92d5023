import type { z } from 'zod';
import { unexpected, unreadable } from './answer-errors.ts';
import { parseJson } from './parse-json.ts';
import type { ZohoCall } from './zoho-call.ts';

/** What came back, before anybody has looked at it. */
export type Received = { readonly status: number; readonly bytes: Buffer };

type Asked<T> = Pick<ZohoCall<T>, 'perRecord' | 'as' | 'host'> & {
  readonly answer: z.ZodType<T>;
};

const linesOf = /^\s*\{\s*"(?:data|fields|tags|watch)"\s*:\s*\[/;

/** Whether it is the answer asked for; a refusal otherwise. 304: nothing is newer (facts §4.1). */
export function isAnswer<T>(call: Asked<T>, { status, bytes }: Received): boolean {
  if ((status >= 200 && status < 300) || status === 304) return true;
  const start = bytes.subarray(0, 200).toString();
  // The token endpoint's refusals have a form of their own, and no certain status (facts §14).
  if (call.host === 'accounts') return status < 500 && /^\s*\{\s*"error/.test(start);
  // All lines bad is a 400 with the lines in it (facts §5.1).
  return call.perRecord === true && status === 400 && linesOf.test(start);
}

/** @throws CallError `ANSWER_EMPTY`, `ANSWER_UNREADABLE` or `ANSWER_UNEXPECTED`. */
export function readAnswer<T>(call: Asked<T>, name: string, { bytes }: Received): T {
  if (call.as === 'bytes') return checked(call, name, new Uint8Array(bytes));
  const text = bytes.toString();
  if (text.trim() !== '') return checked(call, name, json(text, name));
  const parsed = call.answer.safeParse(undefined);
  if (parsed.success) return parsed.data;
  throw unreadable(name, text);
}

function checked<T>({ answer }: Asked<T>, name: string, body: unknown): T {
  const parsed = answer.safeParse(body);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.slice(0, 3);
  const shown = problems.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  throw unexpected(name, shown);
}

function json(text: string, name: string): unknown {
  try {
    return parseJson(text);
  } catch {
    throw unreadable(name, text);
  }
}
