import { CallError } from './call-error.ts';
import { quoted } from './quoted.ts';

type Peer = {
  /** As people write it. */
  readonly title: string;
  /** The setting that says where it is. */
  readonly address: string;
  /** What to do when its answers have another form than they had. */
  readonly changed: string;
};

/** What can be wrong with an answer before anybody looks at what it says, for one CRM. */
export type AnswerErrors = {
  /** A good status whose body is no JSON. */
  readonly unreadable: (call: string, text: string) => CallError;
  /** JSON that no documented answer looks like. */
  readonly unexpected: (call: string, problems: string) => CallError;
  /** No answer at all. A call that was never sent may be repeated whatever it does. */
  readonly noAnswer: (call: string, cause: unknown) => CallError;
};

export function answerErrors({ title, address, changed }: Peer): AnswerErrors {
  return {
    unreadable: (call, text) => {
      const isEmpty = text.trim() === '';
      return new CallError({
        code: isEmpty ? 'ANSWER_EMPTY' : 'ANSWER_UNREADABLE',
        disposition: 'retry',
        mayHaveHappened: true,
        message: isEmpty
          ? `${title} answered ${call} without a body`
          : `${title}’s answer to ${call} is not JSON: ${appearance(text)}`,
        todo: `Nothing at first, it is tried again. If it lasts, look for a proxy between here and ${title}.`,
      });
    },
    unexpected: (call, problems) =>
      new CallError({
        code: 'ANSWER_UNEXPECTED',
        disposition: 'pause-connection',
        mayHaveHappened: true,
        message: `${title}’s answer to ${call} does not have the form it should: ${quoted(problems)}`,
        todo: `${title} may have changed its API: ${changed}`,
      }),
    noAnswer: (call, cause) => {
      const why = causeCode(cause);
      const wasSent = !neverSent.test(why);
      // The library's error is not kept as the cause: it may carry the request with its token.
      return new CallError({
        code: wasSent ? 'CONNECTION_LOST' : 'CRM_UNREACHABLE',
        disposition: 'retry',
        mayHaveHappened: wasSent,
        message: wasSent
          ? `The connection broke during ${call} (${why})`
          : `${title} cannot be reached for ${call} (${why})`,
        todo: `Nothing at first, it is tried again. If it lasts, look at the network, the proxy and ${address}.`,
      });
    },
  };
}

/** Never its beginning: that of a customer's record, or of a token, would be in the log. */
function appearance(text: string): string {
  const title = /<title[^>]*>([^<]{1,200})/i.exec(text.slice(0, 10_000))?.[1];
  if (title !== undefined) return `a page called “${quoted(title, 80)}”`;
  if (/^\s*</.test(text)) return 'a page';
  const size = `${text.length} characters`;
  return /^\s*[[{]/.test(text) ? `JSON that is cut short or spoilt (${size})` : `text of ${size}`;
}

const neverSent =
  /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT|SELF_SIGNED/;

/** Of the error or of what caused it: `fetch` wraps what happened, axios does not. */
function causeCode(error: unknown): string {
  for (let at = error, depth = 0; at instanceof Error && depth < 3; at = at.cause, depth += 1)
    if ('code' in at && typeof at.code === 'string') return at.code;
  return 'unknown';
}
