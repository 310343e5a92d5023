import type { ConnectionId } from './ids.ts';
import type { OverrideFields } from './override.ts';
import type { Attribution } from './subject.ts';

/** By what a customer of one CRM may be found to be a customer of another. */
export const identityKeys = ['externalId', 'email', 'phone'] as const;
export type IdentityKey = (typeof identityKeys)[number];

/** Connections whose customers are joined where they are the same. */
export type IdentityGroup = {
  /** In the order of trust: where two say different things, the earlier is believed. */
  readonly connections: readonly ConnectionId[];
  /** Most trusted first. */
  readonly by: readonly IdentityKey[];
};

/** One connection of a population, with how its deals are shared out. */
export type PopulationMember = {
  readonly id: ConnectionId;
  readonly attribution: Attribution;
  /** The attributes of its CRM that hold classes which people gave. Default: none. */
  readonly overrides?: OverrideFields;
};

/**
 * What is scored together, by the same cut points: one connection, or a group whose joined customers
 * count once. Cut points are kept under `id`.
 */
export type Population = {
  /** A lone connection's own id; `identity:` and the names for a group. */
  readonly id: string;
  readonly connections: readonly PopulationMember[];
  /** Empty for a lone connection. */
  readonly by: readonly IdentityKey[];
};

/** A record of one CRM. */
export type RecordRef = { readonly connection: ConnectionId; readonly id: string };

/** The id of a group's population. */
export function groupId({ connections }: IdentityGroup): string {
  return `identity:${connections.join('+')}`;
}

/** The population of a connection: its group, else itself alone. */
export function populationOf(
  own: PopulationMember,
  others: readonly PopulationMember[],
  group: IdentityGroup | undefined,
): Population {
  if (group === undefined) return { id: own.id, connections: [memberOf(own)], by: [] };
  const known = new Map([own, ...others].map((member) => [member.id, member]));
  return {
    id: groupId(group),
    connections: group.connections.flatMap((id) => {
      const member = known.get(id);
      return member === undefined ? [] : [memberOf(member)];
    }),
    by: group.by,
  };
}

function memberOf({ id, attribution, overrides = {} }: PopulationMember): PopulationMember {
  return { id, attribution, overrides };
}
