import type { ConnectionId, RecordId } from '../domain/ids.ts';

/** Whom everything is about. */
export type Who = {
  readonly connection: ConnectionId;
  /** With those of records that were merged into theirs. */
  readonly ids: readonly RecordId[];
  /** What names them: e-mails, phones, names, external ids. */
  readonly values: readonly string[];
};
