import { CallError } from '../../src/connector/http/call-error.ts';

/** A good status whose body is not what the call gives. */
export function unreadable(call: string, text: string, problem: string): CallError {
  const isEmpty = text.trim() === '';
  return new CallError({
    code: isEmpty ? 'ANSWER_EMPTY' : 'ANSWER_UNREADABLE',
    disposition: 'retry',
    mayHaveHappened: true,
    message: isEmpty
      ? `HubSpot answered ${call} without a body`
      : `HubSpot’s answer to ${call} is not JSON (${problem}); it begins ${JSON.stringify(text.slice(0, 60))}`,
    todo: 'Nothing at first, it is tried again. If it lasts, look for a proxy between here and HubSpot.',
  });
}

/** JSON that no documented answer looks like. */
export function unexpected(call: string, problems: string): CallError {
  return new CallError({
    code: 'ANSWER_UNEXPECTED',
    disposition: 'pause-connection',
    mayHaveHappened: true,
    message: `HubSpot’s answer to ${call} does not have the form it should: ${problems}`,
    todo: 'HubSpot may have changed its API: set apiVersion to a supported one, or report this message.',
  });
}

const neverSent = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|CERT|SELF_SIGNED/;

/** No answer at all. A call that was never sent may be repeated whatever it does. */
export function noAnswer(call: string, cause: unknown): CallError {
  const why = causeCode(cause);
  const wasSent = !neverSent.test(why);
  return new CallError({
    code: wasSent ? 'CONNECTION_LOST' : 'CRM_UNREACHABLE',
    disposition: 'retry',
    mayHaveHappened: wasSent,
    message: wasSent
      ? `The connection broke during ${call} (${why})`
      : `HubSpot cannot be reached for ${call} (${why})`,
    todo: 'Nothing at first, it is tried again. If it lasts, look at the network, the proxy and baseUrl.',
    cause,
  });
}

function causeCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const inner: unknown = error.cause;
  if (inner instanceof Error) return 'code' in inner ? String(inner.code) : inner.message;
  return 'code' in error ? String(error.code) : error.message;
}
