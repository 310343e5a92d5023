import type { RecordId } from '../domain/ids.ts';
import { inTheCrm, type KeptOverride, type OverrideFamily } from '../domain/override.ts';
import type { LocalDay } from '../domain/time.ts';
import { chunk } from '../lib/chunk.ts';
import { presentKey } from '../policy/class-catalogue.ts';
import { decidedOf } from '../score/decided.ts';
import type { RunContext } from './context.ts';
import { overrideFields } from './override-fields.ts';
import { today } from './overrides.ts';

const namesAtOnce = 1_000;

/** A person's word on a customer, as it is listed. */
export type ListedOverride = {
  readonly customer: RecordId;
  readonly externalId: string | null;
  readonly name: string | null;
  readonly family: OverrideFamily;
  readonly class: string;
  /** What the class became when it was retired, or itself; `null`: the policy has none in its place. */
  readonly countsAs: string | null;
  readonly until: LocalDay | null;
  readonly why: string;
  readonly by: string;
  /** `null` of a field of the CRM, which does not tell. */
  readonly at: string | null;
  readonly source: KeptOverride['source'];
  /** `outweighed`: another word on the same customer and family wins; `void`: it names no class any more. */
  readonly state: 'holds' | 'lapsed' | 'outweighed' | 'void';
};

/** A field of the CRM holds no class of the policy. */
export type UnknownWord = {
  readonly customer: RecordId;
  readonly field: string;
  readonly value: string;
};

export type OverrideListing = {
  readonly asOf: LocalDay;
  readonly overrides: readonly ListedOverride[];
  readonly unknown: readonly UnknownWord[];
};

type Ground = Pick<RunContext, 'connection' | 'population' | 'store' | 'policy' | 'clock'>;

export type ListSelect = {
  readonly family?: OverrideFamily | undefined;
  readonly lapsed: boolean;
};

/** What people decided of the connection's own records, in Assay and in the CRM, by customer. */
export async function listOverrides(
  ctx: Ground,
  { family, lapsed }: ListSelect,
): Promise<OverrideListing> {
  const day = await today(ctx);
  const kept = await ctx.store.overrides.inForce(ctx.connection, { family });
  const { words, unknown } = await wordsInCrm(ctx, family);
  const states = new States(day, await newerElsewhere(ctx, kept, day));
  const all = [...kept.map(listedOf), ...words].map((one) => {
    const word = { ...one, countsAs: presentKey(ctx.policy, one.family, one.class) };
    return { ...word, state: states.of(word) };
  });
  const chosen = all.filter(({ state }) => (state === 'lapsed') === lapsed);
  const overrides = (await withNames(ctx, chosen)).toSorted(byPlace);
  return { asOf: day, overrides, unknown: lapsed ? [] : unknown };
}

type Word = Omit<ListedOverride, 'state' | 'externalId' | 'name' | 'countsAs'>;

function listedOf({ now, family, class: key, until, why, by, at, source }: KeptOverride): Word {
  return { customer: now, family, class: key, until, why, by, at, source };
}

/** The first word on a customer and family that has not lapsed wins; they come in that order. */
class States {
  readonly #day: LocalDay;
  readonly #won = new Set<string>();
  readonly #elsewhere: ReadonlyMap<string, string>;

  /** @param elsewhere by place: when the newest word was given on another record of a joined customer */
  constructor(day: LocalDay, elsewhere: ReadonlyMap<string, string>) {
    this.#day = day;
    this.#elsewhere = elsewhere;
  }

  of(word: Word & Pick<ListedOverride, 'countsAs'>): ListedOverride['state'] {
    if (isOver(word, this.#day)) return 'lapsed';
    if (word.countsAs === null) return 'void';
    const place = placeOf(word);
    const newer = this.#elsewhere.get(place);
    const isOlder = newer !== undefined && (word.at === null || word.at < newer);
    if (this.#won.has(place) || isOlder) return 'outweighed';
    this.#won.add(place);
    return 'holds';
  }
}

function isOver({ until }: Pick<Word, 'until'>, day: LocalDay): boolean {
  return until !== null && until < day;
}

function placeOf({ customer, family }: Pick<Word, 'customer' | 'family'>): string {
  return `${family}/${customer}`;
}

/** What was decided of the same customers in the other connections of the group. */
async function newerElsewhere(
  { connection, population, store }: Ground,
  kept: readonly KeptOverride[],
  day: LocalDay,
): Promise<ReadonlyMap<string, string>> {
  const together = population.connections.map(({ id }) => id);
  const newest = new Map<string, string>();
  if (together.length === 1) return newest;
  const ids = [...new Set(kept.map(({ now }) => now))];
  const partners = await store.identities.partners(connection, ids, together);
  const refs = [...partners].flatMap(([customer, own]) => own.map((ref) => ({ ...ref, customer })));
  for (const [other, some] of Map.groupBy(refs, (ref) => ref.connection)) {
    const found = await store.overrides.of(
      other,
      some.map(({ id }) => id),
    );
    for (const { id, customer } of some)
      for (const { family, at, until } of found.get(id) ?? []) {
        const place = placeOf({ customer, family });
        if (!isOver({ until }, day) && at > (newest.get(place) ?? '')) newest.set(place, at);
      }
  }
  return newest;
}

async function wordsInCrm(
  ctx: Ground,
  family: OverrideFamily | undefined,
): Promise<{ readonly words: readonly Word[]; readonly unknown: readonly UnknownWord[] }> {
  const { connection, store, policy } = ctx;
  const fields = Object.fromEntries(
    Object.entries(overrideFields(ctx)).filter(([key]) => family === undefined || key === family),
  );
  const values = await store.overrides.fieldValues(connection, Object.values(fields));
  const words: Word[] = [];
  const unknown: UnknownWord[] = [];
  for (const { customer, attribute, value } of values) {
    const record = { attributes: { [attribute]: value }, overrides: [], fields };
    const { overrides, isUnclear } = decidedOf([record], policy);
    words.push(...overrides.map((one) => ({ ...one, customer, at: null, by: inTheCrm })));
    if (isUnclear) unknown.push({ customer, field: attribute, value });
  }
  return { words, unknown };
}

async function withNames<T extends { readonly customer: RecordId }>(
  { connection, store }: Ground,
  rows: readonly T[],
) {
  const found = new Map<RecordId, { externalId: string | null; name: string | null }>();
  for (const ids of chunk([...new Set(rows.map(({ customer }) => customer))], namesAtOnce))
    for (const { called, id, ...known } of await store.overrides.named(connection, ids))
      if (called === id) found.set(id, known);
  return rows.map((row) => ({
    ...{ externalId: null, name: null, ...found.get(row.customer) },
    ...row,
  }));
}

function byPlace(one: ListedOverride, other: ListedOverride): number {
  const [left, right] = [one, other].map(({ customer, family }) => `${customer}/${family}`);
  return (left ?? '') < (right ?? '') ? -1 : left === right ? 0 : 1;
}
