import type { RecordRef } from './association-store.ts';
import type { ObjectType } from './object-types.ts';
import type { Portal } from './portal.ts';

interface InlinePage {
  readonly results: readonly { readonly id: string; readonly type: string }[];
  readonly paging?: { readonly next: { readonly after: string; readonly link: string } };
}

export type InlineAssociations = Readonly<Record<string, InlinePage>>;

/**
 * The ids that list and get show beside a record when asked with `associations=…`: one entry per
 * id *and* type, no labels, and a page of their own per record (README 17). A type without links is
 * left out; so is the whole, then.
 */
export function inlineAssociations(
  portal: Portal,
  from: RecordRef,
  types: readonly ObjectType[],
  origin: string,
): InlineAssociations | undefined {
  const limit = portal.options.inlineAssociationLimit;
  const pages = types
    .map((to) => [to, associationPage(portal, from, to, { limit, origin })] as const)
    .filter(([, { results }]) => results.length > 0);
  return pages.length === 0 ? undefined : Object.fromEntries(pages);
}

/** One page in the shape of the numbered v3 association endpoint, from the id `after` on. */
export function associationPage(
  portal: Portal,
  from: RecordRef,
  to: ObjectType,
  { limit, origin, after = 0 }: { limit: number; origin: string; after?: number | undefined },
): InlinePage {
  const rest = portal.associations.targets(from, to).filter((id) => id >= after);
  const next = rest[limit];
  const path = `/crm/v3/objects/${from.type}/${from.id}/associations/${to}`;
  return {
    results: rest
      .slice(0, limit)
      .flatMap((id) =>
        portal.associations
          .typesOf(from, { type: to, id })
          .map(({ name }) => ({ id: String(id), type: name })),
      ),
    ...(next !== undefined && {
      paging: {
        next: { after: String(next), link: `${origin}${path}?after=${next}` },
      },
    }),
  };
}
