import type { PolicyFrom } from './policy-in-force.ts';

/** What a person who edited the policy file has to know: it does not score. `null`: nothing. */
export function draftNote(
  from: PolicyFrom,
): { readonly message: string; readonly todo: string } | null {
  if (from.kind === 'file' || from.draft === 'same') return null;
  const force = `release ${from.number} is`;
  if (from.draft === 'unreadable')
    return {
      message: `The policy file cannot be read; it is not in force, ${force}.`,
      todo: 'Nothing, unless you mean to publish it: "assay policy check" says what is wrong.',
    };
  return {
    message: `The policy file is not in force, ${force}, and says something else.`,
    todo: 'See what with "assay policy diff"; "assay policy publish <file> --why <text>" puts it in force.',
  };
}
