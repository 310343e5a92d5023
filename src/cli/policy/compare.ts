import { resolve } from 'node:path';
import { shownPath } from '../../config/shown-path.ts';
import { compareShadow, type ShadowComparison } from '../../run/compare-shadow.ts';
import type { Invocation } from '../command.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { comparisonPage, renderComparison } from '../views/policy-compare.ts';
import { comparedPart } from '../views/policy-compare-document.ts';
import { readConfig, withApp, withConnection } from '../with-app.ts';
import { writeWhole } from '../write-whole.ts';
import { connectionsAsked } from './simulate.ts';

/** `assay policy compare`: makes no call and changes nothing. */
export async function compare(invocation: Invocation): Promise<ExitCode> {
  const { flags, folder, screen, signal } = invocation;
  const html = flags.text('html');
  const out = html === undefined ? null : resolve(folder, html);
  const found = await withApp(readConfig(invocation), invocation, async (app) => {
    const parts: ShadowComparison[] = [];
    for (const id of connectionsAsked(app, invocation)) {
      const part = await withConnection(app, id, invocation, compareShadow);
      if (part !== null) parts.push(part);
    }
    return parts;
  });
  const connections = found.map(comparedPart);
  if (out !== null) await writeWhole(out, [comparisonPage(connections)], signal);
  screen.result({ connections }, () =>
    [renderComparison(connections), out === null ? '' : `Written to ${shownPath(out, folder)}`]
      .filter((text) => text !== '')
      .join('\n\n'),
  );
  return exitCodes.done;
}
