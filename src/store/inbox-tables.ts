import type { Generated } from 'kysely';
import type { HintKind } from '../domain/hint.ts';
import type { PullObject } from '../domain/pull-task.ts';

/** Of webhooks: what they said, and the subscriptions they come by. */
export type InboxTables = {
  inbox: InboxTable;
  channels: ChannelTable;
};

type InboxTable = {
  /** Arrival number. */
  position: Generated<number>;
  connection_id: string;
  key: string;
  object: PullObject;
  record_id: string;
  kind: HintKind;
  /** By the CRM's clock. */
  at: string;
  /** By ours. */
  arrived_at: string;
  is_done: Generated<boolean>;
};

type ChannelTable = {
  connection_id: string;
  id: string;
  /** Sealed. */
  token: string;
  expires_at: string;
};
