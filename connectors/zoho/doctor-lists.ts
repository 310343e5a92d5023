import type { Finding } from '../../src/connector/account.ts';
import type { ProvisionRequest } from '../../src/connector/provision.ts';
import { type Edition, tagCaps } from './editions.ts';
import { roomFor } from './field-calls.ts';
import { ok, problem, warning } from './finding.ts';
import type { ListKeeper } from './list-keeper.ts';
import type { Session } from './session.ts';

/** Our lists: there, or within the caps that stand in their way. */
export async function doctorLists(
  session: Session,
  keeper: ListKeeper,
  request: ProvisionRequest,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { lists } = session.settings;
  if (!keeper.capabilities.staticLists)
    return [
      ok(
        'lists',
        `${request.lists.length} stand in our fields; \`assay provision\` tells how to make their views`,
      ),
    ];
  const gone = await goneOf(keeper, request, signal);
  const there = ok('lists', `${request.knownLists.length} of ours are there (${lists})`);
  const found = gone.length === 0 ? [there] : gone;
  return lists === 'tags' ? [...found, ...(await caps(session, request, signal))] : found;
}

async function goneOf(
  keeper: ListKeeper,
  { knownLists }: ProvisionRequest,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const states = await keeper.readLists(knownLists, signal);
  const gone = new Set(states.filter(({ size }) => size === null).map(({ key }) => key));
  return knownLists
    .filter(({ key }) => gone.has(key))
    .map(({ name, crmId }) =>
      problem(
        'lists',
        `LIST_DELETED: somebody deleted the list “${name}” (${crmId})`,
        'Run `assay provision --rebuild-lists` if you want it back.',
      ),
    );
}

/** Tags are few: by the module and by the record (facts §1). */
async function caps(
  session: Session,
  { lists, knownLists }: ProvisionRequest,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { edition } = await session.org(signal);
  const known = new Set(knownLists.map(({ key }) => key));
  const toMake = lists.filter(({ key }) => !known.has(key)).length;
  return [
    ...moduleCap(await roomFor(session, 'tag', signal), edition, toMake),
    ...recordCap(edition, lists.length),
  ];
}

type Room = Awaited<ReturnType<typeof roomFor>>;

function moduleCap(room: Room, edition: Edition, toMake: number): readonly Finding[] {
  const limit = room?.limit ?? tagCaps(edition).perModule;
  const used = room?.used ?? 0;
  if (used + toMake <= limit)
    return [ok('tags', `${used} of ${limit} tags of the module are used`)];
  return [
    problem(
      'tags',
      `${used} of ${limit} tags of the module are used, ${toMake} lists are not made yet`,
      'Delete tags that nobody uses, let the policy ask for fewer lists, or set lists to fields or campaigns.',
    ),
  ];
}

function recordCap(edition: Edition, lists: number): readonly Finding[] {
  const { perRecord } = tagCaps(edition);
  if (lists <= perRecord) return [];
  return [
    warning(
      'tags',
      `a record takes ${perRecord} tags, people’s own among them, and the policy asks for ${lists} lists: who is on many of them gets no further tag`,
      'Set lists to fields or campaigns if customers are on many lists at once.',
    ),
  ];
}
