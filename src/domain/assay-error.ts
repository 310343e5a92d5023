/** What happens next after an error; decided once, where the error is classified. */
export const dispositions = [
  /** Wrong settings: nothing starts until a person changes them. */
  'refuse-to-start',
  /** Renew the access token once, then try again. */
  'refresh',
  /** The CRM asks for patience: wait as long as it says, then go on. */
  'wait',
  /** A passing fault: try again with backoff. */
  'retry',
  /** The connection is of no use until a person acts: stop it, keep everything. */
  'pause-connection',
  /** Enough for today: end the run at its checkpoint. */
  'end-at-checkpoint',
  /** A guard wants a person's word. */
  'ask',
  /** One record or one request is refused; the rest goes on. */
  'reject',
] as const;
export type Disposition = (typeof dispositions)[number];

/** Every error of ours. `code` is stable, stands in the runbook, and is all that code may decide on. */
export class AssayError extends Error {
  override readonly name: string = 'AssayError';
  readonly code: string;
  readonly disposition: Disposition;
  /** What the reader does about it; one sentence. */
  readonly todo: string;

  constructor(
    code: string,
    disposition: Disposition,
    message: string,
    todo: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.code = code;
    this.disposition = disposition;
    this.todo = todo;
  }
}
