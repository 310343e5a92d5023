import type { Disposition } from '../../src/domain/assay-error.ts';

/** An answer that is not the one asked for. */
export type BadAnswer = {
  readonly status: number;
  readonly text: string;
  /** The call, for example `POST /crm/v8/coql`. */
  readonly call: string;
  readonly retryAfter: string | null;
  /** Credits the org has left; `null` when the answer does not say. */
  readonly remaining: number | null;
  readonly isDownload: boolean;
};

/** How one kind of refusal is met. */
export type Kind = {
  readonly code: string;
  readonly disposition: Disposition;
  readonly todo: string;
  readonly waitMs?: number;
  readonly mayHaveHappened?: boolean;
  readonly says?: string;
};
