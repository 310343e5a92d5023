import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { IdentityKey } from '../domain/population.ts';
import type { Tables } from './schema.ts';

/**
 * Joins persons who share a value of `key`, unless the keys before say otherwise: two of them differ
 * in a more trusted key that both have, or both have a customer of the same connection. Persons that
 * hang together are joined all or none: none of them is believed more than another.
 */
export async function joinByLaterKey(
  trx: Transaction<Tables>,
  key: IdentityKey,
  before: readonly IdentityKey[],
): Promise<void> {
  if (await findLinks(trx, key)) {
    await labelTogether(trx);
    await findContradictions(trx, before);
    await noteConflicts(trx, key, before);
    await joinTogether(trx, key);
    await sql`drop table join_labels, join_contradictions`.execute(trx);
  }
  await sql`drop table join_links`.execute(trx);
}

/** Value and person, of values that several persons have. */
async function findLinks(trx: Transaction<Tables>, key: IdentityKey): Promise<boolean> {
  await sql`
    create temp table join_links on commit drop as
    select value, person from (
      select value, person, count(*) over (partition by value) as persons from (
        select distinct v.value, r.person
        from join_values v join join_records r on r.${sql.ref(key)} = v.value
        where not v.shared) as held) as counted
    where persons > 1`.execute(trx);
  await sql`analyze join_links`.execute(trx);
  const { rows } = await sql<{ some: boolean }>`
    select exists (select from join_links) as some`.execute(trx);
  return rows[0]?.some === true;
}

/** Persons that hang together get the lowest number of them: it spreads until nothing moves. */
async function labelTogether(trx: Transaction<Tables>): Promise<void> {
  await sql`
    create temp table join_labels on commit drop as
    select distinct person, person as label from join_links`.execute(trx);
  await sql`analyze join_labels`.execute(trx);
  for (let moved = 1n; moved > 0n; ) {
    const { numAffectedRows = 0n } = await sql`
      update join_labels l set label = lower.label from (
        select k.person, min(least_of.label) as label
        from join_links k join (
          select value, min(label) as label from join_links join join_labels using (person)
          group by value) as least_of using (value)
        group by k.person) as lower
      where lower.person = l.person and lower.label < l.label`.execute(trx);
    moved = numAffectedRows;
  }
}

/** Labels under which two persons cannot be one, with what is against it: the most trusted reason. */
async function findContradictions(
  trx: Transaction<Tables>,
  before: readonly IdentityKey[],
): Promise<void> {
  const held = before.map(
    (key) =>
      sql`array_agg(distinct ${sql.ref(key)}) filter (where ${sql.ref(key)} is not null)
        as ${sql.ref(key)}`,
  );
  await sql`
    create temp table join_contradictions on commit drop as
    with persons as materialized (
      select l.label, r.person, array_agg(r.ord) as ords, ${sql.join(held)}
      from join_labels l join join_records r on r.person = l.person
      group by l.label, r.person),
    pairs as (
      select a.label, case ${sql.join(before.map(differs), sql` `)}
        when a.ords && b.ords then ${sql.lit(before.length)} end as reason
      from persons a join persons b on a.label = b.label and a.person < b.person)
    select label, min(reason) as reason from pairs where reason is not null group by label`.execute(
    trx,
  );
}

function differs(key: IdentityKey, at: number): RawBuilder<unknown> {
  const column = (table: string) => sql.ref(`${table}.${key}`);
  return sql`when not ${column('a')} && ${column('b')} then ${sql.lit(at)}`;
}

async function noteConflicts(
  trx: Transaction<Tables>,
  key: IdentityKey,
  before: readonly IdentityKey[],
): Promise<void> {
  await sql`
    insert into join_findings
    select 'conflict', ${key}, (${[...before, 'connection']}::text[])[c.reason + 1],
      array_agg(r.num order by r.num)
    from join_contradictions c join join_labels l using (label)
    join join_records r on r.person = l.person
    group by c.label, c.reason`.execute(trx);
}

async function joinTogether(trx: Transaction<Tables>, key: IdentityKey): Promise<void> {
  await sql`
    update join_records r set person = l.label, by_key = coalesce(r.by_key, ${key})
    from join_labels l
    where l.person = r.person and l.label not in (select label from join_contradictions)`.execute(
    trx,
  );
}
