import { CallError } from '../../src/connector/http/call-error.ts';
import {
  nothingBegun,
  type ProvisionReport,
  type ProvisionRequest,
  type ProvisionStep,
} from '../../src/connector/provision.ts';
import type { KnownList, ListSpec } from '../../src/domain/list.ts';
import { canBeDynamic } from './list-draft.ts';
import { createList, fetchLists, findList } from './lists.ts';
import type { Session } from './session.ts';

type Provisioned = { readonly step: ProvisionStep; readonly list: KnownList | null };

/** Creates the lists that were never made; a list that a person deleted stays deleted unless asked. */
export async function provisionLists(
  session: Session,
  request: ProvisionRequest,
  signal: AbortSignal,
): Promise<ProvisionReport> {
  const { lists, knownLists } = request;
  const live = await fetchLists(
    session,
    knownLists.map(({ crmId }) => crmId),
    signal,
  );
  const liveIds = new Set(live.map(({ listId }) => listId));
  const names = new Map(live.map(({ listId, name }) => [listId, name]));
  const done: Provisioned[] = [];
  for (const spec of lists) {
    const known = knownLists.find(({ key }) => key === spec.key);
    if (known !== undefined && liveIds.has(known.crmId))
      done.push(kept(spec, known, names.get(known.crmId) ?? known.name));
    else if (known !== undefined && !request.rebuildDeletedLists) done.push(deleted(spec, known));
    else done.push(await made(session, spec, request, signal));
  }
  const wanted = new Set(lists.map(({ key }) => key));
  const others = knownLists.filter(({ key }) => !wanted.has(key));
  return {
    steps: done.map(({ step }) => step),
    lists: [...done.flatMap(({ list }) => list ?? []), ...others],
  };
}

function kept(spec: ListSpec, known: KnownList, name: string): Provisioned {
  const renamed = name === spec.name ? '' : ` (named “${name}” by a person)`;
  return {
    step: step(spec, 'unchanged', `list ${known.crmId} is there${renamed}`),
    list: { ...known, name, status: 'active' },
  };
}

function deleted(spec: ListSpec, known: KnownList): Provisioned {
  return {
    step: {
      ...step(spec, 'problem', `LIST_DELETED: somebody deleted list ${known.crmId} in HubSpot`),
      todo: 'Restore it in HubSpot, take it out of the policy, or run `assay provision --rebuild-lists`.',
    },
    list: { ...known, status: 'deleted' },
  };
}

async function made(
  session: Session,
  spec: ListSpec,
  { begunLists = nothingBegun }: ProvisionRequest,
  signal: AbortSignal,
): Promise<Provisioned> {
  if (session.settings.lists === 'dynamic' && !canBeDynamic(spec)) return byDay(spec);
  const taken = await findList(session, spec.name, signal);
  if (taken !== null && !begunLists.has(spec))
    return refused(spec, `list ${taken.listId} has this name and is not ours`);
  try {
    if (taken === null) await begunLists.note(spec);
    const { listId } = taken ?? (await createList(session, spec, signal));
    const kind = session.settings.lists;
    return {
      step: step(spec, 'created', `${kind} list ${listId}`),
      list: { key: spec.key, crmId: listId, name: spec.name, kind, status: 'active' },
    };
  } catch (error) {
    // Names are unique over all objects: a list of another kind of record may have this one.
    if (!(error instanceof CallError) || error.disposition !== 'reject') throw error;
    return refused(spec, error.message);
  }
}

function byDay(spec: ListSpec): Provisioned {
  const todo = 'Set `lists: static` for this connection, or take the list out of the policy.';
  const why = `a dynamic list cannot go by ${spec.field}, which is a day`;
  return { step: { ...step(spec, 'problem', why), todo }, list: null };
}

function refused(spec: ListSpec, why: string): Provisioned {
  const todo = 'Rename or delete that list in HubSpot, or give ours another name in the policy.';
  return { step: { ...step(spec, 'problem', `LIST_NAME_TAKEN: ${why}`), todo }, list: null };
}

function step(
  { name }: ListSpec,
  outcome: ProvisionStep['outcome'],
  message: string,
): ProvisionStep {
  return { subject: 'list', name, outcome, message };
}
