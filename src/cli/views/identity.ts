import type { IdentityKey, RecordRef } from '../../domain/population.ts';
import type { ListedGroup } from '../../run/list-identity.ts';
import type { IdentityFinding, OrderConflict } from '../../store/identity-store.ts';
import { amount, count, counted } from './figures.ts';
import { indent, table } from './table.ts';

/** Findings of a kind that a person is shown. */
const SHOWN = 20;

const keyNames: Readonly<Record<IdentityKey, string>> = {
  externalId: 'customer number',
  email: 'e-mail',
  phone: 'phone',
};

/** `assay identity`, for a person. */
export function renderIdentity(groups: readonly ListedGroup[]): string {
  if (groups.length === 0)
    return 'No connections are joined: config/assay.yaml has no group under `identity`.';
  return groups.map(renderGroup).join('\n\n');
}

function renderGroup(group: ListedGroup): string {
  const { connections, by, joined, waitingFor } = group;
  const persons = by.reduce((sum, key) => sum + joined[key], 0);
  const keys = by.map((key) => `${count(joined[key])} by ${keyNames[key]}`).join(', ');
  const parts = [
    ...waitingFor.map((name) => `! ${name} was never pulled to an end: run "assay pull"`),
    `${counted(persons, 'customer')} known to several: ${keys}`,
    section(
      counted(group.conflicts, 'conflict'),
      group.conflicts,
      group.conflictsShown.map(conflictRow),
    ),
    section(
      `${counted(group.duplicates, 'key')} shared within a connection, joining nobody`,
      group.duplicates,
      group.duplicatesShown.map((found) => [`by ${keyNames[found.by]}`, membersText(found)]),
    ),
    section(
      `${counted(group.orders, 'order')} known differently; the first counts`,
      group.orders,
      group.ordersShown.map(orderRow),
    ),
  ];
  return `${connections.join(' + ')}\n${indent(parts.join('\n'))}`;
}

function section(title: string, total: number, rows: readonly (readonly string[])[]): string {
  const shown = rows.slice(0, SHOWN);
  const more = total - shown.length;
  return [
    title,
    ...(shown.length === 0 ? [] : [indent(table(shown, ['left', 'left', 'left']))]),
    ...(more > 0 ? [indent(`and ${count(more)} more: see --json`)] : []),
  ].join('\n');
}

function conflictRow(found: IdentityFinding): readonly string[] {
  const against =
    found.against === null || found.against === 'connection'
      ? 'would make two customers of one connection one'
      : `but not by ${keyNames[found.against]}`;
  return [`the same by ${keyNames[found.by]}`, membersText(found), against];
}

function membersText({ members, size }: IdentityFinding): string {
  const more = size > members.length ? `, and ${count(size - members.length)} more` : '';
  return `${members.map(refText).join(', ')}${more}`;
}

function refText({ connection, id }: RecordRef): string {
  return `${connection} ${id}`;
}

function orderRow({ reference, deals }: OrderConflict): readonly string[] {
  const known = deals.map(
    (deal) =>
      `${refText(deal)}: ${deal.minor === null ? 'no amount' : amount(deal.minor, deal.currency)} on ${deal.closedOn ?? 'no day'}`,
  );
  return [reference, known.join('; ')];
}
