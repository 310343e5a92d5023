import type { Invocation } from '../command.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { readConfig, withApp } from '../with-app.ts';
import { sideAsked, sideInForce } from './side-asked.ts';

/** `assay policy show`: to the letter, so that it can be edited and published. */
export async function showPolicy(
  invocation: Invocation,
  name: string | undefined,
): Promise<ExitCode> {
  const side = await withApp(
    readConfig(invocation),
    invocation,
    async (app) =>
      name === undefined
        ? await sideInForce(app, invocation)
        : await sideAsked(app, name, invocation),
    'no policy',
  );
  const { name: shown, version, digest, source, content } = side;
  invocation.screen.result({ name: shown, version, digest, source, content }, () =>
    source.replace(/\n$/, ''),
  );
  return exitCodes.done;
}
