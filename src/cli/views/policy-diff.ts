import type { CatalogueChanges } from '../../policy/catalogue-changes.ts';
import { placeInWords, valueInWords } from '../../policy/diff/change-words.ts';
import type { Effect } from '../../policy/diff/effect.ts';
import { effects } from '../../policy/diff/effect.ts';
import type { PolicyChange } from '../../policy/diff/policy-changes.ts';
import type { PolicyDiff } from '../../policy/diff/policy-diff.ts';
import type { PolicySide } from '../../run/policy-side.ts';
import { indent, table } from './table.ts';

type Named = Pick<PolicySide, 'name' | 'version' | 'digest'>;

/** What each kind of change does, as a heading. */
export const effectTitles: Readonly<Record<Effect, string>> = {
  cuts: 'Moves cut points, and scores everybody anew',
  scores: 'Scores everybody anew, by the cut points that are there',
  looks: 'Looks only: moves nobody',
};

export function diffDocument(before: Named, after: Named, diff: PolicyDiff) {
  return {
    from: named(before),
    to: named(after),
    ...diff,
    changes: diff.changes.map((change) => ({ ...change, where: placeInWords(change) })),
  };
}

function named({ name, version, digest }: Named) {
  return { name, version, digest };
}

/** For a person: every statement, old and new, by what it does. */
export function renderDiff(before: Named, after: Named, diff: PolicyDiff): string {
  const head = `${before.name} → ${after.name}`;
  if (diff.changes.length === 0) return `${head}\n\nNothing differs.`;
  return [head, ...diffSections(diff)].join('\n\n');
}

/** The sections of a difference, without a heading. */
export function diffSections({ changes, catalogue }: PolicyDiff): readonly string[] {
  const groups = effects.map((effect) => {
    const own = changes.filter((change) => change.effect === effect);
    return own.length === 0 ? '' : `${effectTitles[effect]}\n${indent(rows(own))}`;
  });
  const classes = catalogue === null ? [] : catalogueLines(catalogue);
  const listed = classes.length === 0 ? '' : `Tiers and classes\n${indent(classes.join('\n'))}`;
  return [...groups, listed].filter((part) => part !== '');
}

function rows(changes: readonly PolicyChange[]): string {
  return table(
    changes.map((change) => [placeInWords(change), fromTo(change)]),
    ['left', 'left'],
  );
}

export function fromTo({ kind, from, to }: PolicyChange): string {
  if (kind === 'added') return `new: ${valueInWords(to)}`;
  if (kind === 'removed') return `gone: ${valueInWords(from)}`;
  return `${valueInWords(from)} → ${valueInWords(to)}`;
}

/** Added, renamed, retired, vanished and reused, a line each. */
export function catalogueLines(catalogue: CatalogueChanges): readonly string[] {
  const { added, renamed, retired, vanished, reused } = catalogue;
  const line = (word: string) => (one: { readonly family: string; readonly key: string }) =>
    `${word} ${one.family} ${one.key}`;
  return [
    ...added.map(line('+ new:')),
    ...renamed.map(line('~ renamed or described anew:')),
    ...retired.map((one) => `− retired: ${one.family} ${one.key}, its customers to ${one.to}`),
    ...vanished.map(line('! gone, and nothing says where its customers go:')),
    ...reused.map(line('! a retired key is used again:')),
  ];
}
