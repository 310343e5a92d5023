import type { Invocation } from '../command.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { renderReleases } from '../views/policy-releases.ts';
import { readConfig, withApp } from '../with-app.ts';

/** `assay policy list`. */
export async function listReleases(invocation: Invocation): Promise<ExitCode> {
  const config = readConfig(invocation);
  const releases = await withApp(
    config,
    invocation,
    async (app) => await app.store.policies.list(),
    'no policy',
  );
  invocation.screen.result({ releases }, () => renderReleases(releases));
  return exitCodes.done;
}
