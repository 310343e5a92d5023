import { type Page, paginate } from '../../src/connector/paginate.ts';
import {
  nothingBegun,
  type ProvisionReport,
  type ProvisionRequest,
} from '../../src/connector/provision.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import type { KnownList, ListSpec } from '../../src/domain/list.ts';
import {
  createCampaign,
  deleteCampaign,
  findCampaign,
  membersPerCall,
  readCampaigns,
  readMemberPage,
} from './campaign-calls.ts';
import { CampaignMembers } from './campaign-members.ts';
import { deletedList } from './deleted-list.ts';
import type { ListKeeper } from './list-keeper.ts';
import { type MadeList, provisionKept } from './provision-kept.ts';
import { saysGone } from './says-gone.ts';
import type { Session } from './session.ts';

/** A full call: 1 credit for 10 members, and its part of reading who is there already. */
const callSpends = 11;

/** `lists: campaigns`: a campaign for each list, whose members are those on it. */
export function campaignKeeper(session: Session): ListKeeper {
  const read = (list: KnownList, signal: AbortSignal) => campaignMembers(session, list, signal);
  const members = new CampaignMembers(session, read);
  return {
    capabilities: {
      staticLists: true,
      membershipsPerCall: membersPerCall,
      membershipCallSpends: callSpends,
    },
    provision: async (request, signal) => await provisionCampaigns(session, request, signal),
    remove: async ({ crmId }, signal) => await deleteCampaign(session, crmId, signal),
    readLists: async (lists, signal) => {
      const live = await readCampaigns(
        session,
        lists.map(({ crmId }) => crmId),
        signal,
      );
      const states = [];
      for (const list of lists) {
        const size = live.has(list.crmId) ? (await members.load(list, signal)).size : null;
        states.push({ key: list.key, size });
      }
      return states;
    },
    readMembers: read,
    applyMemberships: async (list, add, remove, signal) =>
      await members.apply(list, add, remove, signal),
  };
}

async function provisionCampaigns(
  session: Session,
  request: ProvisionRequest,
  signal: AbortSignal,
): Promise<ProvisionReport> {
  const ids = request.knownLists.map(({ crmId }) => crmId);
  return await provisionKept(request, {
    live: await readCampaigns(session, ids, signal),
    word: 'campaign',
    nameOf: ({ name }) => name,
    make: async (spec) => await makeCampaign(session, spec, request, signal),
  });
}

async function makeCampaign(
  session: Session,
  spec: ListSpec,
  { begunLists = nothingBegun }: ProvisionRequest,
  signal: AbortSignal,
): Promise<MadeList> {
  if (session.subject === 'company') return onlyContacts;
  const { name } = spec;
  const taken = await findCampaign(session, name, signal);
  if (taken !== null && begunLists.has(spec)) return { kind: 'made', crmId: taken, name };
  if (taken !== null)
    return {
      kind: 'problem',
      message: `LIST_NAME_TAKEN: campaign ${taken} has this name and is not ours`,
      todo: 'Rename or delete that campaign in Zoho, or give the list another name in the policy.',
    };
  await begunLists.note(spec);
  const made = await createCampaign(session, name, signal);
  const id = 'id' in made ? made.id : made.details['id'];
  if (typeof id === 'string' && (!('code' in made) || made.code === 'SUCCESS'))
    return { kind: 'made', crmId: id, name };
  // The name was free a moment ago: what is there now was made by a call whose answer was odd.
  const there = await findCampaign(session, name, signal);
  if (there !== null) return { kind: 'made', crmId: there, name };
  return {
    kind: 'problem',
    message: `Zoho did not make the campaign: ${'code' in made ? `${made.code} ${made.message}` : ''}`,
    todo: 'See what campaigns need in this org (Setup, Modules and Fields), or set `lists: fields`.',
  };
}

const onlyContacts: MadeList = {
  kind: 'problem',
  message: 'members of campaigns are contacts, the customers of this connection are companies',
  todo: 'Set `lists: fields` or `lists: tags` for this connection.',
};

/** All contacts of a campaign. @throws AssayError `LIST_DELETED` (reject). */
function campaignMembers(
  session: Session,
  list: KnownList,
  signal: AbortSignal,
): AsyncIterable<readonly RecordId[]> {
  const readPage = async (page: number): Promise<Page<readonly RecordId[], number>> => {
    try {
      const { ids, hasMore } = await readMemberPage(session, list.crmId, page, signal);
      return { values: ids, next: hasMore ? page + 1 : null };
    } catch (error) {
      if (saysGone(error)) throw deletedList(list);
      throw error;
    }
  };
  return paginate(1, readPage, signal);
}
