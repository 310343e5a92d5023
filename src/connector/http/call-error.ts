import { AssayError, type Disposition } from '../../domain/assay-error.ts';

type CallErrorFacts = {
  readonly code: string;
  readonly disposition: Disposition;
  readonly message: string;
  readonly todo: string;
  readonly waitMs?: number;
  readonly mayHaveHappened?: boolean;
  readonly fields?: readonly string[];
  readonly cause?: unknown;
};

/** A call that did not give what was asked, with what the retry loop needs to know about it. */
export class CallError extends AssayError {
  override readonly name = 'CallError';
  /** How long the CRM asks to wait; `null` when it does not say. */
  readonly waitMs: number | null;
  /** The request may have been carried out although no answer says so. */
  readonly mayHaveHappened: boolean;
  /** Fields the CRM complained about, by its own names. */
  readonly fields: readonly string[];

  constructor(facts: CallErrorFacts) {
    const { code, disposition, message, todo, cause } = facts;
    super(code, disposition, message, todo, cause === undefined ? {} : { cause });
    this.waitMs = facts.waitMs ?? null;
    this.mayHaveHappened = facts.mayHaveHappened ?? false;
    this.fields = facts.fields ?? [];
  }
}
