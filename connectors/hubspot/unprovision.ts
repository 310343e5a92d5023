import { CallError } from '../../src/connector/http/call-error.ts';
import type {
  ProvisionReport,
  ProvisionRequest,
  ProvisionStep,
} from '../../src/connector/provision.ts';
import { deleteList } from './lists.ts';
import { archiveProperties, deleteGroup, readProperties } from './property-calls.ts';
import { groupName, isOurs } from './property-drafts.ts';
import type { Session } from './session.ts';
import type { WireProperty } from './wire-schema.ts';

/** Takes away our lists, properties and group; what others made stays. */
export async function unprovision(
  session: Session,
  { knownLists }: ProvisionRequest,
  signal: AbortSignal,
): Promise<ProvisionReport> {
  // Lists first: a dynamic one hangs on our property.
  const lists: ProvisionStep[] = [];
  for (const { crmId, name } of knownLists) {
    const removed = await deleteList(session, crmId, signal);
    lists.push({
      subject: 'list',
      name,
      outcome: removed ? 'removed' : 'unchanged',
      message: removed ? `list ${crmId}` : `list ${crmId} was already gone`,
    });
  }
  const definitions = await readProperties(session, signal);
  const fields = await removeFields(session, definitions, signal);
  const group = await removeGroup(session, definitions, signal);
  return { steps: [...lists, ...fields, ...group], lists: [] };
}

async function removeFields(
  session: Session,
  definitions: readonly WireProperty[],
  signal: AbortSignal,
): Promise<readonly ProvisionStep[]> {
  const named = namedLikeOurs(session, definitions);
  const ours = named.filter(isOurs).map(({ name }) => name);
  if (ours.length > 0) await archiveProperties(session, ours, signal);
  return named.map(({ name }) =>
    ours.includes(name)
      ? { subject: 'field', name, outcome: 'removed', message: 'property archived' }
      : { subject: 'field', name, outcome: 'unchanged', message: 'not ours, left alone' },
  );
}

function namedLikeOurs(
  { own }: Session,
  definitions: readonly WireProperty[],
): readonly WireProperty[] {
  const names = new Set([...own.names, own.marker]);
  return definitions.filter(({ name }) => names.has(name));
}

async function removeGroup(
  session: Session,
  definitions: readonly WireProperty[],
  signal: AbortSignal,
): Promise<readonly ProvisionStep[]> {
  const ours = new Set(namedLikeOurs(session, definitions).filter(isOurs));
  const step = { subject: 'group', name: groupName } as const;
  const others = definitions.filter((each) => each.groupName === groupName && !ours.has(each));
  if (others.length > 0)
    return [{ ...step, outcome: 'unchanged', message: 'holds properties of others, left alone' }];
  try {
    await deleteGroup(session, groupName, signal);
    return [{ ...step, outcome: 'removed', message: 'property group' }];
  } catch (error) {
    if (error instanceof CallError && error.code === 'NOT_FOUND') return [];
    throw error;
  }
}
