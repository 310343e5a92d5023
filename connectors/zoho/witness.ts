import type { OwnFields } from './own-fields.ts';
import type { Session } from './session.ts';

/** What is needed to look at what became of rows. */
export type Witness = {
  readonly session: Session;
  readonly own: OwnFields;
  readonly marker: string;
  /** When the first of the rows was sent, Zoho's time. */
  readonly since: number;
  readonly signal: AbortSignal;
};
