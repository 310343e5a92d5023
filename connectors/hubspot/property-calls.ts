import { CallError } from '../../src/connector/http/call-error.ts';
import type { Session } from './session.ts';
import { anything } from './wire.ts';
import {
  customPropertyLimits,
  groupList,
  propertyBatch,
  propertyList,
  type WireProperty,
} from './wire-schema.ts';

/** A property to be made. */
export type PropertyDraft = {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly groupName: string;
  readonly type: string;
  readonly fieldType: string;
  readonly options?: readonly OptionDraft[];
};

export type OptionDraft = {
  readonly label: string;
  readonly value: string;
  readonly displayOrder: number;
  readonly hidden: boolean;
};

/** Every property of the customers' type, or of another. */
export async function readProperties(
  { client, paths, customers }: Session,
  signal: AbortSignal,
  type: string = customers.type,
): Promise<readonly WireProperty[]> {
  const { results } = await client.send(
    { method: 'GET', path: paths.properties(type), answer: propertyList, effect: 'read' },
    signal,
  );
  return results;
}

export async function createProperties(
  { client, paths, customers }: Session,
  drafts: readonly PropertyDraft[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { results } = await client.send(
    {
      method: 'POST',
      path: paths.propertyBatch(customers.type, 'create'),
      body: { inputs: drafts },
      answer: propertyBatch,
      // Names are unique: a second attempt is refused, it never makes a second property.
      effect: 'write',
    },
    signal,
  );
  return results.map(({ name }) => name);
}

/** Replaces the options of a choice: existing ones must be among them. */
export async function setOptions(
  { client, paths, customers }: Session,
  name: string,
  options: readonly OptionDraft[],
  signal: AbortSignal,
): Promise<void> {
  await client.send(
    {
      method: 'PATCH',
      path: paths.property(customers.type, name),
      body: { options },
      answer: anything,
      effect: 'write',
    },
    signal,
  );
}

export async function archiveProperties(
  { client, paths, customers }: Session,
  names: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  await client.send(
    {
      method: 'POST',
      path: paths.propertyBatch(customers.type, 'archive'),
      body: { inputs: names.map((name) => ({ name })) },
      answer: anything,
      effect: 'write',
    },
    signal,
  );
}

export async function hasGroup(
  { client, paths, customers }: Session,
  name: string,
  signal: AbortSignal,
): Promise<boolean> {
  const { results } = await client.send(
    { method: 'GET', path: paths.groups(customers.type), answer: groupList, effect: 'read' },
    signal,
  );
  return results.some((group) => group.name === name);
}

export async function createGroup(
  { client, paths, customers }: Session,
  group: { readonly name: string; readonly label: string },
  signal: AbortSignal,
): Promise<void> {
  await client.send(
    {
      method: 'POST',
      path: paths.groups(customers.type),
      body: { ...group, displayOrder: -1 },
      answer: anything,
      effect: 'write',
    },
    signal,
  );
}

export async function deleteGroup(
  { client, paths, customers }: Session,
  name: string,
  signal: AbortSignal,
): Promise<void> {
  await client.send(
    {
      method: 'DELETE',
      path: paths.group(customers.type, name),
      answer: anything,
      effect: 'write',
    },
    signal,
  );
}

/** Custom properties that still fit; `null` when HubSpot does not tell. */
export async function propertyRoom(
  { client, paths, customers }: Session,
  signal: AbortSignal,
): Promise<number | null> {
  try {
    const { byObjectType } = await client.send(
      {
        method: 'GET',
        path: paths.customProperties,
        answer: customPropertyLimits,
        effect: 'read',
      },
      signal,
    );
    const own = byObjectType.find(({ objectTypeId }) => objectTypeId === customers.typeId);
    return own === undefined ? null : own.limit - own.usage;
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    return null;
  }
}
