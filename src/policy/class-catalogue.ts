import type { OverrideFamily } from '../domain/override.ts';
import { languages } from './language.ts';
import type { Policy, TierClass } from './schema.ts';

/** A class or tier as a catalogue names it. */
export type CatalogueEntry = {
  readonly key: string;
  readonly label: TierClass['label'];
  readonly description: TierClass['description'];
};

/** What the key of a class stands for now. */
type Present = Pick<Policy, 'tiers' | 'families' | 'retired'>;

/** The classes of a family, or the tiers, in the policy's order. */
export function entriesOf(policy: Present, family: OverrideFamily): readonly CatalogueEntry[] {
  return family === 'value_tier' ? policy.tiers.classes : policy.families[family].classes;
}

/**
 * The class that a key stands for now: itself, or what the policy moved it to when it was retired.
 * `null` for one that the policy never had, or whose customers have what the rules give.
 */
export function presentKey(policy: Present, family: OverrideFamily, key: string): string | null {
  let now = key;
  for (let step = 0; step <= policy.retired.length; step++) {
    if (entriesOf(policy, family).some((entry) => entry.key === now)) return now;
    const gone = policy.retired.find((one) => one.family === family && one.key === now);
    if (gone === undefined || gone.to === rules) return null;
    now = gone.to;
  }
  return null;
}

/** In place of a class: whatever the rules give. */
export const rules = 'rules';

/** The class that a person means: by key, else by its label in any language; capitals aside. */
export function keyMeant(policy: Present, family: OverrideFamily, text: string): string | null {
  const wanted = plain(text);
  const entries = entriesOf(policy, family);
  const named = entries.find(({ key }) => key === wanted) ?? entries.find(isCalled(wanted));
  return named?.key ?? presentKey(policy, family, wanted);
}

function isCalled(wanted: string): (entry: CatalogueEntry) => boolean {
  return ({ label }) =>
    languages.some((language) => {
      const text = label[language];
      return text !== undefined && plain(text) === wanted;
    });
}

function plain(text: string): string {
  return text.trim().toLowerCase();
}
