import { policyDiff } from '../../policy/diff/policy-diff.ts';
import type { Invocation } from '../command.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { diffDocument, renderDiff } from '../views/policy-diff.ts';
import { readConfig, withApp } from '../with-app.ts';
import { ownFile, sideAsked, sideThatScores } from './side-asked.ts';

/** `assay policy diff`: what is in force against the file, or whatever is named. */
export async function diffPolicies(
  invocation: Invocation,
  names: readonly string[],
): Promise<ExitCode> {
  const [first, second] = names;
  const [before, after] = await withApp(
    readConfig(invocation),
    invocation,
    async (app) => {
      const asked = async (name: string) => await sideAsked(app, name, invocation);
      if (first === undefined)
        return [await sideThatScores(app, invocation), ownFile(app, invocation)] as const;
      if (second === undefined)
        return [await sideThatScores(app, invocation), await asked(first)] as const;
      return [await asked(first), await asked(second)] as const;
    },
    'no policy',
  );
  const diff = policyDiff(before, after);
  invocation.screen.result(diffDocument(before, after, diff), () =>
    renderDiff(before, after, diff),
  );
  return exitCodes.done;
}
