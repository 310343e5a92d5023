import type { ListState } from '../../src/connector/connector.ts';
import {
  nothingBegun,
  type ProvisionReport,
  type ProvisionRequest,
} from '../../src/connector/provision.ts';
import type { KnownList, ListSpec } from '../../src/domain/list.ts';
import { roomFor } from './field-calls.ts';
import type { ListKeeper } from './list-keeper.ts';
import { type MadeList, provisionKept } from './provision-kept.ts';
import type { Session } from './session.ts';
import {
  countTagged,
  createTag,
  deleteTag,
  idsPerTagCall,
  readTags,
  type WireTag,
} from './tag-calls.ts';
import { applyTags } from './tag-memberships.ts';
import { taggedRecords } from './tagged-records.ts';

/** Characters of a tag's name (facts §1). */
const longestName = 25;
/** A full call: 10 credits for the tags, 5 to see who has it already, 1 for its name. */
const callSpends = 16;

/** `lists: tags`: a tag for each list, on whoever is on it. */
export function tagKeeper(session: Session): ListKeeper {
  return {
    capabilities: {
      staticLists: true,
      membershipsPerCall: idsPerTagCall,
      membershipCallSpends: callSpends,
    },
    provision: async (request, signal) => await provisionTags(session, request, signal),
    remove: async ({ crmId }, signal) => await deleteTag(session, crmId, signal),
    readLists: async (lists, signal) => await readSizes(session, lists, signal),
    readMembers: (list, signal) => taggedRecords(session, list, signal),
    applyMemberships: async (list, add, remove, signal) =>
      await applyTags(session, list, add, remove, signal),
  };
}

/** A list's name as a tag, cut where Zoho cuts. */
function tagName({ name }: ListSpec): string {
  return name.trim().slice(0, longestName).trim();
}

async function provisionTags(
  session: Session,
  request: ProvisionRequest,
  signal: AbortSignal,
): Promise<ProvisionReport> {
  const { begunLists = nothingBegun } = request;
  const tags = await readTags(session, signal);
  const taken = new Set(tags.map(({ name }) => name.toLowerCase()));
  return await provisionKept(request, {
    live: new Map(tags.map(({ id, name }) => [id, name])),
    word: 'tag',
    nameOf: tagName,
    make: async (spec) => {
      const name = tagName(spec);
      const there = tags.find((tag) => tag.name.toLowerCase() === name.toLowerCase());
      if (there !== undefined && begunLists.has(spec))
        return { kind: 'made', crmId: there.id, name: there.name };
      if (taken.has(name.toLowerCase())) return nameTaken(name);
      taken.add(name.toLowerCase());
      await begunLists.note(spec);
      return await makeTag(session, name, signal);
    },
  });
}

async function makeTag(session: Session, name: string, signal: AbortSignal): Promise<MadeList> {
  const room = await roomFor(session, 'tag', signal);
  if (room !== null && room.used >= room.limit) return noRoom(room.limit);
  const result = await createTag(session, name, signal);
  const id = result?.details['id'];
  if (result?.code === 'SUCCESS' && typeof id === 'string')
    return { kind: 'made', crmId: id, name };
  if (result?.code === 'LICENSE_LIMIT_EXCEEDED') return noRoom(null);
  // The name was free a moment ago: what is there now was made by a call whose answer was lost or odd.
  const made = await findTag(session, name, signal);
  if (made !== undefined) return { kind: 'made', crmId: made.id, name };
  const why = `${result?.code ?? 'no answer'} ${result?.message ?? ''}`.trim();
  return {
    kind: 'problem',
    message: `Zoho did not make the tag: ${why}`,
    todo: 'Give the list another name in the policy, then provision again.',
  };
}

async function findTag(
  session: Session,
  name: string,
  signal: AbortSignal,
): Promise<WireTag | undefined> {
  const tags = await readTags(session, signal);
  return tags.find((tag) => tag.name.toLowerCase() === name.toLowerCase());
}

function nameTaken(name: string): MadeList {
  return {
    kind: 'problem',
    message: `LIST_NAME_TAKEN: a tag “${name}” is there and is not ours`,
    todo: 'Rename or delete that tag in Zoho, or give the list another name in the policy.',
  };
}

function noRoom(limit: number | null): MadeList {
  const allowed = limit === null ? '' : ` (${limit})`;
  return {
    kind: 'problem',
    message: `TAG_LIMIT: the module has as many tags as the edition allows${allowed}`,
    todo: 'Delete tags that nobody uses, name fewer lists in the policy, or set `lists: fields`.',
  };
}

/** 1 credit, and 1 for each list: a tag that is gone has no count. */
async function readSizes(
  session: Session,
  lists: readonly KnownList[],
  signal: AbortSignal,
): Promise<readonly ListState[]> {
  const live = new Set((await readTags(session, signal)).map(({ id }) => id));
  const states: ListState[] = [];
  for (const { key, crmId } of lists) {
    const size = live.has(crmId) ? await countTagged(session, crmId, signal) : null;
    states.push({ key, size });
  }
  return states;
}
