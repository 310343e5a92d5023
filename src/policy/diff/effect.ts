import { order } from './flatten.ts';

/**
 * What a changed statement of a policy does: `cuts` finds new cut points and scores everybody;
 * `scores` scores everybody by the cut points that are there; `looks` changes names and pictures and
 * moves nobody.
 */
export const effects = ['cuts', 'scores', 'looks'] as const;
export type Effect = (typeof effects)[number];

const cutSections: ReadonlySet<string> = new Set([
  'purchase',
  'windowMonths',
  'scope',
  'rfm',
  'value',
  'loyalty',
  'credit',
  'stability',
  'keyAccounts',
  'quadrant',
  'lifetime',
  'prospects',
]);
const looks: ReadonlySet<string> = new Set(['label', 'description', 'icon', 'colour']);
const tierRules: ReadonlySet<string> = new Set(['serviceLevel', 'strategy']);

/** As `policyVersion` and `cutsVersion` tell: a test holds this equal to them, statement by statement. */
export function effectOf(path: readonly string[]): Effect {
  const [section = '', ...rest] = path;
  if (cutSections.has(section)) return 'cuts';
  switch (section) {
    case 'cuts':
      return rest[0] === 'minimumBase' ? 'cuts' : 'scores';
    case 'tiers':
      return tierEffect(rest);
    case 'serviceLevels':
    case 'strategies':
      return 'looks';
    case 'lists':
    case 'fields':
      return rest[1] === 'name' ? 'looks' : 'scores';
    case 'families':
      return familyEffect(rest);
    default:
      return 'scores';
  }
}

function tierEffect([part, _tier, statement]: readonly string[]): Effect {
  if (part === 'mode') return 'cuts';
  if (part !== 'classes') return 'scores';
  if (statement === undefined) return 'cuts';
  if (looks.has(statement)) return 'looks';
  return tierRules.has(statement) ? 'scores' : 'cuts';
}

/** Classes that the code computes are all looks; those of the user's own are rules. */
function familyEffect([family, part, key, statement]: readonly string[]): Effect {
  if (part !== 'classes') return 'looks';
  if (key === order) return family === 'attribute_segment' ? 'scores' : 'looks';
  return statement === 'where' || statement === 'manual' ? 'scores' : 'looks';
}
