import { analyseConnection } from '../../run/analyse.ts';
import type { CommandBody } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { configOptions, connectionOption } from '../option.ts';
import { renderAnalysis } from '../views/analysis.ts';
import { withOneConnection } from '../with-app.ts';

/** `assay analyse`. */
export const analyse: CommandBody = {
  takes: '',
  positionals: { least: 0, most: 0 },
  needs: 'viewer',
  options: [connectionOption, ...configOptions],
  about: `Says of the scored base how far its data can be relied on, what share of the net amount the key
accounts really hold, whether clusters found without the policy (k-means on recency, frequency and
amount) agree with its tiers, what the best tier has in common, and which products are bought
together where deals say what was bought. Makes no call and writes nothing.
With --json: {"analysis":{…}}, null before the first scoring.`,
  examples: [
    { line: 'analyse', does: 'for reading' },
    { line: 'analyse --connection main --json', does: 'as a document' },
  ],
  run: async (invocation) =>
    await withOneConnection(invocation, async (ctx) => {
      const analysis = await analyseConnection(ctx);
      invocation.screen.result({ analysis }, () => renderAnalysis(analysis));
      return exitCodes.done;
    }),
};
