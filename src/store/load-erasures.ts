import type { Kysely } from 'kysely';
import type { AuditValue } from '../domain/audit.ts';
import { readAuditValues } from './read-audit-values.ts';
import type { Tables } from './schema.ts';

/** What a chain says may be missing. */
export type Erasures = {
  /** Rows whose detail was taken out. */
  readonly positions: ReadonlySet<number>;
  /** Changes of plans whose content was taken out. */
  readonly leaves: ReadonlySet<string>;
  /** Plans that were made before it were forgotten, as the retention setting says; `null`: none. */
  readonly plansBefore: string | null;
  /** Row up to which all else was forgotten with its account; 0: never. */
  readonly forgottenAt: number;
};

export async function loadErasures(db: Kysely<Tables>, chain: string): Promise<Erasures> {
  const rows = await db
    .selectFrom('audit')
    .select(['position', 'kind', 'facts'])
    .where('chain', '=', chain)
    .where('kind', 'in', ['customer.erased', 'records.forgotten', 'connection.forgotten'])
    .orderBy('position')
    .execute();
  const told = rows.map((row) => ({ ...row, facts: readAuditValues(row.facts) }));
  const erased = told.filter(({ kind }) => kind === 'customer.erased');
  const forgotten = told.filter(({ kind }) => kind === 'records.forgotten');
  const moved = told.filter(({ kind }) => kind === 'connection.forgotten');
  return {
    positions: new Set(
      [...erased, ...moved].flatMap(({ facts }) => textsOf(facts['positions']).map(Number)),
    ),
    leaves: new Set(erased.flatMap(({ facts }) => textsOf(facts['leaves']))),
    plansBefore: latestOf(forgotten.flatMap(({ facts }) => textsOf(facts['before']))),
    forgottenAt: moved.at(-1)?.position ?? 0,
  };
}

function textsOf(value: AuditValue | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value : [];
}

function latestOf(instants: readonly string[]): string | null {
  return instants.toSorted().at(-1) ?? null;
}
