import { type OverrideFamily, overrideFamilies } from '../domain/override.ts';
import { type CatalogueEntry, entriesOf } from './class-catalogue.ts';
import type { Policy } from './schema.ts';

/** A class or tier of a family. */
export type CatalogueKey = { readonly family: OverrideFamily; readonly key: string };

/** What one policy's classes and tiers are against another's. */
export type CatalogueChanges = {
  readonly added: readonly CatalogueKey[];
  /** Another label or description; the key stays, and nobody moves. */
  readonly renamed: readonly CatalogueKey[];
  /** Gone by a line of `retired`, with where its customers go. */
  readonly retired: readonly (CatalogueKey & { readonly to: string })[];
  /** Gone without such a line: what is left of it in the CRM would mean nothing. */
  readonly vanished: readonly CatalogueKey[];
  /** There again although it was retired, or its line of `retired` was taken out. */
  readonly reused: readonly CatalogueKey[];
};

type Catalogues = Pick<Policy, 'tiers' | 'families' | 'retired'>;

/** Compares the catalogues of two policies; with anything vanished or reused the later is not to be used. */
export function catalogueChanges(before: Catalogues, after: Catalogues): CatalogueChanges {
  const found = overrideFamilies.map((family) => familyChanges(family, before, after));
  return {
    added: found.flatMap(({ added }) => added),
    renamed: found.flatMap(({ renamed }) => renamed),
    retired: found.flatMap(({ retired }) => retired),
    vanished: found.flatMap(({ vanished }) => vanished),
    reused: found.flatMap(({ reused }) => reused),
  };
}

function familyChanges(
  family: OverrideFamily,
  before: Catalogues,
  after: Catalogues,
): CatalogueChanges {
  const was = byKey(entriesOf(before, family));
  const is = byKey(entriesOf(after, family));
  const wasRetired = retiredOf(before, family);
  const isRetired = retiredOf(after, family);
  const named = (keys: Iterable<string>) => [...keys].map((key) => ({ family, key }));
  const gone = [...was.keys()].filter((key) => !is.has(key));
  const unretired = [...wasRetired.keys()].filter((key) => !isRetired.has(key));
  return {
    added: named([...is.keys()].filter((key) => !was.has(key) && !wasRetired.has(key))),
    renamed: named(
      [...is].flatMap(([key, texts]) => ((was.get(key) ?? texts) === texts ? [] : key)),
    ),
    retired: gone.flatMap((key) => {
      const to = isRetired.get(key);
      return to === undefined ? [] : [{ family, key, to }];
    }),
    vanished: named(gone.filter((key) => !isRetired.has(key))),
    reused: named(new Set([...unretired, ...[...is.keys()].filter((key) => wasRetired.has(key))])),
  };
}

/** What people read of each, as one text. */
function byKey(entries: readonly CatalogueEntry[]): ReadonlyMap<string, string> {
  return new Map(
    entries.map(({ key, label, description }) => [
      key,
      JSON.stringify([label.en, label.zh, description.en, description.zh]),
    ]),
  );
}

function retiredOf({ retired }: Catalogues, family: OverrideFamily): ReadonlyMap<string, string> {
  return new Map(
    retired.flatMap((one) => (one.family === family ? [[one.key, one.to] as const] : [])),
  );
}
