import type { PolicyRelease } from '../../domain/policy-release.ts';
import { beginShadow, endShadow } from '../../run/shadow-policy.ts';
import type { Invocation } from '../command.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { usageInvalid } from '../usage-invalid.ts';
import { readConfig, withApp } from '../with-app.ts';
import { proposal, whyOf } from './publish.ts';
import { sideOfFile } from './side-asked.ts';

/** `assay policy shadow <file>`, and `assay policy shadow --end`. */
export async function shadow(invocation: Invocation, file?: string): Promise<ExitCode> {
  const isEnd = invocation.flags.isSet('end');
  if (isEnd === (file !== undefined))
    throw usageInvalid(
      'assay policy shadow needs a file, or --end, not both',
      'Write `assay policy shadow <file> --why <text>`, or `assay policy shadow --end --why <text>`.',
    );
  const why = whyOf(invocation, 'shadow');
  return file === undefined ? await end(invocation, why) : await begin(invocation, file, why);
}

async function begin(invocation: Invocation, file: string, why: string): Promise<ExitCode> {
  const draft = sideOfFile(file, invocation.folder);
  const challenger = await withApp(readConfig(invocation), invocation, async (app) => {
    const word = { why, by: app.actor.name, at: new Date().toISOString() };
    return await beginShadow(app.store, await proposal(app, draft, invocation), word);
  });
  invocation.screen.result({ challenger }, () => renderBegun(challenger));
  return exitCodes.done;
}

function renderBegun({ number, version }: PolicyRelease): string {
  return `Release ${number}, version ${version}, is in shadow: it is scored and never written.
The next full scoring of each connection ("assay run --full") scores by it as well; "assay policy compare" says from when on it tells which is better.`;
}

async function end(invocation: Invocation, why: string): Promise<ExitCode> {
  const ended = await withApp(
    readConfig(invocation),
    invocation,
    async ({ store, actor }) =>
      await endShadow(store, { why, by: actor.name, at: new Date().toISOString() }),
    'no policy',
  );
  const text = `Release ${ended.number}, version ${ended.version}, is no longer in shadow; what it gave is forgotten.`;
  invocation.screen.result({ ended }, () => text);
  return exitCodes.done;
}
