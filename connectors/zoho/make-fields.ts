import type { ProvisionStep } from '../../src/connector/provision.ts';
import { fieldKeys } from '../../src/domain/field.ts';
import { chunk } from '../../src/lib/chunk.ts';
import {
  createFields,
  deleteField,
  type FieldResult,
  fieldsPerCall,
  type Room,
  relabelField,
  roomFor,
} from './field-calls.ts';
import type { FieldDraft } from './field-drafts.ts';
import { markerKey } from './field-labels.ts';
import { pendingId } from './field-match.ts';
import { fieldProblem, fieldStep } from './provision-steps.ts';
import type { Session } from './session.ts';

type Made = {
  readonly draft: FieldDraft;
  readonly result: FieldResult;
  /** Of the new field, or of one that a lost answer had made. */
  readonly id: string | null;
};

/** Makes the fields that are missing: all of them, or none where the edition has no room for all. */
export async function makeFields(
  session: Session,
  drafts: readonly FieldDraft[],
  ids: Map<string, string>,
  signal: AbortSignal,
): Promise<readonly ProvisionStep[]> {
  if (drafts.length === 0) return [];
  const room = await roomFor(session, 'custom_field', signal);
  if (room !== null && room.limit - room.used < drafts.length) return noRoom(drafts, room);
  const before = new Map(ids);
  for (const { key, label } of drafts) ids.set(key, pendingId(label));
  await session.fieldIds.save(ids);
  const made = await makeAll(session, drafts, signal);
  const newIds = new Map(made.map(({ draft, id }) => [draft.key, id]));
  for (const { key } of drafts) remember(ids, key, newIds.get(key) ?? before.get(key));
  const short = made.find(({ result }) => result.code === 'LIMIT_EXCEEDED');
  if (short === undefined) {
    await session.fieldIds.save(ids);
    await relabel(session, made, signal);
    return made.map(stepOf);
  }
  for (const { key } of drafts) remember(ids, key, before.get(key));
  await takeBack(session, made, signal);
  await session.fieldIds.save(ids);
  return noRoom(drafts, limitIn(short.result));
}

async function makeAll(
  session: Session,
  drafts: readonly FieldDraft[],
  signal: AbortSignal,
): Promise<readonly Made[]> {
  const { profileId } = await session.user(signal);
  const made: Made[] = [];
  for (const some of chunk(drafts, fieldsPerCall)) {
    const results = await createFields(session, some, profileId, signal);
    made.push(
      ...some.flatMap((draft, at) => {
        const result = results[at];
        return result === undefined ? [] : [{ draft, result, id: idIn(result) }];
      }),
    );
    if (results.some(({ code }) => code === 'LIMIT_EXCEEDED')) break;
  }
  session.metadata.forget(session.module);
  return await withLost(session, made, signal);
}

// A lost answer makes the second attempt a duplicate of the first, and a spoilt one names an id or a code
// that is none: nothing had the label before, so it leads to what was made.
async function withLost(
  session: Session,
  made: readonly Made[],
  signal: AbortSignal,
): Promise<readonly Made[]> {
  const fields = await session.metadata.fieldsOf(session.module, signal);
  const byLabel = new Map(fields.map((field) => [field.field_label.toLowerCase(), field]));
  return made.map((each) => {
    if (fields.some(({ id }) => id === each.id)) return each;
    const field = byLabel.get(each.draft.label.toLowerCase());
    return { ...each, id: field?.custom_field === true ? field.id : each.id };
  });
}

function idIn({ code, details }: FieldResult): string | null {
  const { id } = details;
  return code === 'SUCCESS' && typeof id === 'string' ? id : null;
}

/** Only what was just made: afterwards people call it what they like. */
async function relabel(
  session: Session,
  made: readonly Made[],
  signal: AbortSignal,
): Promise<void> {
  for (const { draft, id } of made) {
    if (id === null || draft.shown === null) continue;
    const isTaken = await relabelField(session, id, draft.shown, signal);
    if (!isTaken) session.log.warn({ field: draft.label }, 'provision.label_refused');
  }
}

async function takeBack(
  session: Session,
  made: readonly Made[],
  signal: AbortSignal,
): Promise<void> {
  for (const { id } of made) if (id !== null) await deleteField(session, id, signal);
  session.metadata.forget(session.module);
}

// One that could not be made may be hidden, not gone: its old id is kept.
function remember(ids: Map<string, string>, key: string, id: string | undefined): void {
  if (id === undefined) ids.delete(key);
  else ids.set(key, id);
}

function stepOf({ draft: { label, shown }, result, id }: Made): ProvisionStep {
  if (id !== null) return fieldStep(label, 'created', `field “${shown ?? label}”`);
  if (result.code === 'DUPLICATE_DATA')
    return fieldProblem(
      label,
      'a field of this label exists, hidden from the token’s user',
      'Show it to the user’s profile, or delete it (Setup, Modules and Fields), then provision again.',
    );
  return fieldProblem(
    label,
    `Zoho did not make it: ${result.code} ${result.message}`,
    'Set another fieldPrefix in the settings if the label is the trouble, then provision again.',
  );
}

/** One step says it all; which of our fields matter most is their order. */
function noRoom(drafts: readonly FieldDraft[], room: Room | null): readonly ProvisionStep[] {
  const free = room === null ? null : Math.max(0, room.limit - room.used);
  const keys = new Set<string>(drafts.map(({ key }) => key));
  const ranked = fieldKeys.filter((key) => keys.has(key));
  const fit = (free ?? 0) - (keys.has(markerKey) ? 1 : 0);
  const matter = ranked.slice(0, fit > 0 ? fit : 3).join(', ');
  const told = room === null ? '' : `; the edition allows ${room.limit}, ${room.used} are used`;
  return [
    fieldProblem(
      'custom fields',
      `${drafts.length} custom fields are needed${told}: none was made`,
      `Delete custom fields that nobody uses, take a higher edition, or write fewer results (\`fields\` of the policy); those that matter most${fit > 0 ? ' and fit' : ''}: ${matter}.`,
    ),
  ];
}

function limitIn({ details }: FieldResult): Room | null {
  const { limit } = details;
  return typeof limit === 'number' ? { limit, used: limit } : null;
}
