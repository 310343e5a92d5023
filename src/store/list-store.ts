import type { AuditFact } from '../domain/audit.ts';
import type { ConnectionId, RecordId } from '../domain/ids.ts';
import type { KnownList } from '../domain/list.ts';
import type { BegunList } from './begun-lists.ts';

export type ListStore = {
  readonly known: (connection: ConnectionId) => Promise<readonly KnownList[]>;
  /** Lists that were about to be made when a process ended; until what is known is replaced. */
  readonly begun: (connection: ConnectionId) => Promise<readonly BegunList[]>;
  readonly begin: (connection: ConnectionId, list: BegunList) => Promise<void>;
  /**
   * Replaces what is known; a list that is missing loses its members too. `made`: what the log is to
   * say was done in the CRM; default nothing.
   */
  readonly saveKnown: (
    connection: ConnectionId,
    lists: readonly KnownList[],
    made?: Pick<AuditFact, 'kind' | 'facts'> | null,
  ) => Promise<void>;
  readonly sizes: (connection: ConnectionId) => Promise<Readonly<Record<string, number>>>;
  /** Replaces the known members of one list, by pages; the last call has `end`. */
  readonly replaceMembers: (
    connection: ConnectionId,
    listKey: string,
    pages: AsyncIterable<readonly RecordId[]>,
  ) => Promise<number>;
};
