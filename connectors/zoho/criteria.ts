import type { OwnWrites } from '../../src/domain/own-writes.ts';
import type { Instant } from '../../src/domain/time.ts';
import { wireTime } from './instant.ts';

/** A row's place in the order by modified time and id. */
export type Place = { readonly at: Instant; readonly id: string };

/** What only we wrote: records that carry a run's marker and that nobody else touched since. */
export type OwnMarks = {
  /** API name of the field that holds the marker. */
  readonly field: string;
  readonly userId: string;
  readonly writes: readonly Pick<OwnWrites, 'marker' | 'lastAt'>[];
};

/** More would pass the 25 criteria of a query, beside a window closed at both ends (facts §4.2). */
export const marksPerQuery = 8;
/** Values of one `in` (facts §1). */
export const idsPerIn = 100;

/** In brackets by pairs, as COQL wants them (facts §4.2). */
export function allOf(...criteria: readonly string[]): string {
  return paired(criteria, 'and');
}

export function anyOf(...criteria: readonly string[]): string {
  return paired(criteria, 'or');
}

export function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

export function modified(operator: '>=' | '>' | '=' | '<' | '<=', at: Instant): string {
  return `Modified_Time ${operator} ${quoted(wireTime(at))}`;
}

/** Rows behind a place: several share a second, so the id decides there. */
export function behind({ at, id }: Place): string {
  return anyOf(modified('>', at), allOf(modified('=', at), `id > ${quoted(id)}`));
}

export function before({ at, id }: Place): string {
  return anyOf(modified('<', at), allOf(modified('=', at), `id < ${quoted(id)}`));
}

export function withIds(ids: readonly string[]): string {
  const parts: string[] = [];
  for (let at = 0; at < ids.length; at += idsPerIn)
    parts.push(
      `id in (${ids
        .slice(at, at + idsPerIn)
        .map(quoted)
        .join(', ')})`,
    );
  return anyOf(...parts);
}

/**
 * Not: carries a marker of ours, was last modified by our user, and not after that run's last write.
 * Spelt out, for COQL has no `not`; and of an empty field no comparison holds (BEHAVIOR 25).
 */
export function notOurs({ field, userId, writes }: OwnMarks): string {
  const recent = writes.slice(-marksPerQuery);
  const later = recent.map(({ marker, lastAt }) =>
    allOf(`${field} = ${quoted(marker)}`, modified('>', lastAt)),
  );
  return anyOf(
    `${field} is null`,
    `${field} not in (${recent.map(({ marker }) => quoted(marker)).join(', ')})`,
    `Modified_By != ${quoted(userId)}`,
    ...later,
  );
}

function paired(criteria: readonly string[], by: 'and' | 'or'): string {
  const [first = '', ...rest] = criteria;
  return rest.length === 0 ? first : `(${first} ${by} ${paired(rest, by)})`;
}
