import type { DealStatus } from '../../src/domain/deal.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import type { Instant } from '../../src/domain/time.ts';
import { type DealExtras, statusOf } from './deal-mapping.ts';
import type { FlatRecord } from './flat-record.ts';
import { readInstant } from './instant.ts';
import { readRelated } from './related.ts';
import type { Session } from './session.ts';

type Stages = ReadonlyMap<string, DealStatus>;

/** Whether each won deal costs calls of its own. */
export function needsExtras({ settings, inputs, subject }: Session): boolean {
  return isByRoles({ settings, subject }) || inputs.deal.wonOn === 'stage-history';
}

/** Credits for one won deal; a call does five of them (facts §5.5). */
export function extraCredits({ settings, inputs, subject }: Session): number {
  const lists = [isByRoles({ settings, subject }), inputs.deal.wonOn === 'stage-history'];
  return lists.filter(Boolean).length;
}

/**
 * What only related lists tell of deals: everyone with a role, and when the stage became a won one.
 * Only won deals are asked about, for only those count.
 */
export async function extrasOf(
  session: Session,
  rows: readonly FlatRecord[],
  stages: Stages,
  signal: AbortSignal,
): Promise<ReadonlyMap<RecordId, DealExtras>> {
  if (!needsExtras(session)) return new Map();
  const won = rows.filter((row) => statusOf(row, stages) === 'won').map(({ id }) => id);
  const roles = isByRoles(session) ? await contactsOf(session, won, signal) : null;
  const times =
    session.inputs.deal.wonOn === 'stage-history'
      ? await wonTimesOf(session, won, stages, signal)
      : null;
  return new Map(
    won.map((id) => {
      const wonAt = times === null ? undefined : (times.get(id) ?? null);
      return [id, { contacts: roles?.get(id) ?? null, wonAt }];
    }),
  );
}

function isByRoles({ settings, subject }: Pick<Session, 'settings' | 'subject'>): boolean {
  return settings.dealContacts === 'roles' && subject === 'contact';
}

async function contactsOf(session: Session, deals: readonly RecordId[], signal: AbortSignal) {
  const list = { name: 'Contact_Roles', fields: ['id'] };
  const found = await readRelated(session, deals, list, signal);
  return new Map([...found].map(([id, rows]) => [id, rows.map((row) => row.id)]));
}

async function wonTimesOf(
  session: Session,
  deals: readonly RecordId[],
  stages: Stages,
  signal: AbortSignal,
) {
  const list = { name: 'Stage_History', fields: ['Stage', 'Modified_Time'] };
  const found = await readRelated(session, deals, list, signal);
  return new Map([...found].map(([id, rows]) => [id, wonSince(rows, stages)]));
}

/** Since when the deal has been in won stages, without a break. */
export function wonSince(rows: readonly FlatRecord[], stages: Stages): Instant | null {
  const steps = rows.flatMap((row) => {
    const at = readInstant(row.values['Modified_Time'] ?? row.values['Last_Modified_Time']);
    return at === null ? [] : [{ at, isWon: statusOf(row, stages) === 'won' }];
  });
  const ordered = steps.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const lastOther = ordered.findLastIndex(({ isWon }) => !isWon);
  return ordered[lastOther + 1]?.at ?? null;
}
