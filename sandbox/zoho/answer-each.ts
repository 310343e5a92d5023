import type { Response } from 'express';
import { ZohoError } from './errors.ts';

/** What became of one of several things asked for. */
export interface Done {
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/**
 * Does one after the other and answers what became of each, in order, under one name (shape B,
 * facts §8): `status` when all went well, 207 when some did, 400 when none did.
 */
export function answerEach<T>(
  res: Response,
  name: string,
  inputs: readonly T[],
  status: number,
  act: (input: T, index: number) => Done,
): void {
  const results = inputs.map((input, index) => attempt(() => act(input, index), name, index));
  const failures = results.filter((result) => result['status'] === 'error').length;
  res.status(statusOf(status, failures, results.length)).json({ [name]: results });
}

function statusOf(status: number, failures: number, all: number): number {
  if (failures === 0) return status;
  return failures === all ? 400 : 207;
}

function attempt(act: () => Done, name: string, index: number): Readonly<Record<string, unknown>> {
  try {
    const { message, details } = act();
    return { code: 'SUCCESS', details, message, status: 'success' };
  } catch (error) {
    if (!(error instanceof ZohoError)) throw error;
    const { details, ...rendered } = error.render();
    return { ...rendered, details: atPlace(details, name, index) };
  }
}

// Rules speak of the first of them; the answer of the one at hand.
function atPlace(details: unknown, name: string, index: number): unknown {
  const text = JSON.stringify(details);
  return JSON.parse(text.replaceAll(`$.${name}[0]`, `$.${name}[${index}]`));
}
