import { CallError } from '../../src/connector/http/call-error.ts';
import { AssayError } from '../../src/domain/assay-error.ts';
import type { ListSpec } from '../../src/domain/list.ts';
import { listDraft } from './list-draft.ts';
import type { Session } from './session.ts';
import { anything } from './wire.ts';
import { listAnswer, listsAnswer, type WireList } from './wire-schema.ts';

/** These lists as they are, deleted ones left out: one call. */
export async function fetchLists(
  { client, paths }: Session,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<readonly WireList[]> {
  if (ids.length === 0) return [];
  const { lists } = await client.send(
    {
      method: 'GET',
      path: paths.lists,
      query: ids.map((id) => ['listIds', id] as const),
      answer: listsAnswer,
      effect: 'read',
    },
    signal,
  );
  return lists.filter(({ deletedAt }) => deletedAt === undefined || deletedAt === null);
}

/** The list of this name; `null` when the name is free. */
export async function findList(
  { client, paths, customers }: Session,
  name: string,
  signal: AbortSignal,
): Promise<WireList | null> {
  try {
    const path = paths.listByName(customers.typeId, name);
    const { list } = await client.send(
      { method: 'GET', path, answer: listAnswer, effect: 'read' },
      signal,
    );
    return list;
  } catch (error) {
    if (error instanceof CallError && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}

/**
 * Creates a list whose name was found free. An answer may be lost, and a second attempt would be
 * refused for its name: then the list of that name is the one just made.
 */
export async function createList(
  session: Session,
  spec: ListSpec,
  signal: AbortSignal,
): Promise<WireList> {
  try {
    const { client, paths } = session;
    const { list } = await client.send(
      {
        method: 'POST',
        path: paths.lists,
        body: listDraft(session, spec),
        answer: listAnswer,
        effect: 'write',
        repeatable: false,
      },
      signal,
    );
    return list;
  } catch (error) {
    if (!(error instanceof AssayError) || error.code !== 'WRITE_UNCERTAIN') throw error;
    const made = await findList(session, spec.name, signal);
    return made ?? (await createList(session, spec, signal));
  }
}

/** Whether there was still one to delete. */
export async function deleteList(
  { client, paths }: Session,
  id: string,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await client.send(
      { method: 'DELETE', path: paths.list(id), answer: anything, effect: 'write' },
      signal,
    );
    return true;
  } catch (error) {
    if (error instanceof CallError && error.code === 'NOT_FOUND') return false;
    throw error;
  }
}
