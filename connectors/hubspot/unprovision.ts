import { CallError } from '../../src/connector/http/call-error.ts';
import type {
  ProvisionReport,
  ProvisionRequest,
  ProvisionStep,
} from '../../src/connector/provision.ts';
import { fieldKeys } from '../../src/domain/field.ts';
import { chunk } from '../../src/lib/chunk.ts';
import { deleteList } from './lists.ts';
import { archiveProperties, deleteGroup, readProperties } from './property-calls.ts';
import { groupName, isMarker, isOurs } from './property-drafts.ts';
import { batchSize } from './read-batch.ts';
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
  for (const some of chunk(ours, batchSize)) await archiveProperties(session, some, signal);
  return named.map(({ name }) =>
    ours.includes(name)
      ? { subject: 'field', name, outcome: 'removed', message: 'property archived' }
      : { subject: 'field', name, outcome: 'unchanged', message: 'not ours, left alone' },
  );
}

/**
 * What a field of ours is or was called, and what else is ours under the prefix: an earlier policy
 * may have written other fields, or under other names. A connection whose longer prefix begins with
 * this one keeps its own.
 */
function namedLikeOurs(
  { own }: Session,
  definitions: readonly WireProperty[],
): readonly WireProperty[] {
  const names = new Set([
    ...own.names,
    ...fieldKeys.map((key) => `${own.prefix}${key}`),
    own.marker,
  ]);
  const others = definitions
    .filter((each) => isMarker(each) && each.name !== own.marker)
    .map(({ name }) => name.replace(/run$/, ''))
    .filter((prefix) => prefix.startsWith(own.prefix));
  return definitions.filter((each) => {
    if (names.has(each.name)) return true;
    const isForeign = others.some((prefix) => each.name.startsWith(prefix));
    return each.name.startsWith(own.prefix) && isOurs(each) && !isForeign;
  });
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
