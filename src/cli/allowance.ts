import { type Allowance, type GuardName, guardNames } from '../domain/hold.ts';
import { nearest } from '../lib/nearest.ts';
import type { Flags } from './flags.ts';
import type { Option } from './option.ts';
import { usageInvalid } from './usage-invalid.ts';

/** Taken by every command that a guard can stop. */
export const allowOptions: readonly Option[] = [
  {
    kind: 'text',
    name: 'allow',
    value: 'guard',
    help: 'Let this guard of the brake pass; several with commas, or once more. Needs --why',
  },
  { kind: 'text', name: 'why', value: 'text', help: 'Your reason, for the log' },
];

/**
 * What `--allow` and `--why` say; `null` without `--allow`.
 * @throws AssayError `USAGE_INVALID` for an unknown guard, and without a reason.
 */
export function allowanceOf(flags: Flags): Allowance | null {
  const guards = allowedGuards(flags);
  if (guards.length === 0) return null;
  const why = flags.text('why')?.trim() ?? '';
  if (why !== '') return { guards, why };
  throw usageInvalid(
    '--allow needs a reason',
    'Write --why "…": it is kept in the log with your name.',
  );
}

/** Each guard once. */
export function allowedGuards(flags: Flags): readonly GuardName[] {
  const names = flags.texts('allow').flatMap((text) => text.split(','));
  const known = names.map((name) => name.trim()).filter((name) => name !== '');
  return [...new Set(known.map(guardNamed))];
}

function guardNamed(name: string): GuardName {
  const guard = guardNames.find((known) => known === name);
  if (guard !== undefined) return guard;
  const close = nearest(name, guardNames);
  const meant = close === null ? '' : `Did you mean ${close}? `;
  throw usageInvalid(`There is no guard "${name}"`, `${meant}They are: ${guardNames.join(', ')}.`);
}
