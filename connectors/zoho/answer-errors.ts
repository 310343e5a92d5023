import { CallError } from '../../src/connector/http/call-error.ts';

/** A good status whose body is not what the call gives. */
export function unreadable(call: string, text: string): CallError {
  const isEmpty = text.trim() === '';
  return new CallError({
    code: isEmpty ? 'ANSWER_EMPTY' : 'ANSWER_UNREADABLE',
    disposition: 'retry',
    mayHaveHappened: true,
    message: isEmpty
      ? `Zoho answered ${call} without a body`
      : `Zoho’s answer to ${call} is not JSON; it begins ${JSON.stringify(text.slice(0, 60))}`,
    todo: 'Nothing at first, it is tried again. If it lasts, look for a proxy between here and Zoho.',
  });
}

/** JSON that no documented answer looks like. */
export function unexpected(call: string, problems: string): CallError {
  return new CallError({
    code: 'ANSWER_UNEXPECTED',
    disposition: 'pause-connection',
    mayHaveHappened: true,
    message: `Zoho’s answer to ${call} does not have the form it should: ${problems}`,
    todo: 'Zoho may have changed its API: report this message.',
  });
}

const neverSent = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|CERT|SELF_SIGNED/;

/**
 * No answer at all. A call that was never sent may be repeated whatever it does. The library's error
 * is not kept as the cause: it carries the request with its token.
 */
export function noAnswer(call: string, cause: unknown): CallError {
  const why = causeCode(cause);
  const wasSent = !neverSent.test(why);
  return new CallError({
    code: wasSent ? 'CONNECTION_LOST' : 'CRM_UNREACHABLE',
    disposition: 'retry',
    mayHaveHappened: wasSent,
    message: wasSent
      ? `The connection broke during ${call} (${why})`
      : `Zoho cannot be reached for ${call} (${why})`,
    todo: 'Nothing at first, it is tried again. If it lasts, look at the network, the proxy and dataCentre.',
  });
}

function causeCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown';
}
