import { scoreConnection } from '../../run/run-connection.ts';
import type { CommandBody } from '../command.ts';
import { asOfOption, configOptions, connectionOption } from '../option.ts';
import { showReport } from '../show-report.ts';
import { withOneConnection } from '../with-app.ts';

/** `assay score`. */
export const score: CommandBody = {
  takes: '',
  positionals: { least: 0, most: 0 },
  needs: 'operator',
  options: [
    connectionOption,
    { kind: 'flag', name: 'all', help: 'Score everybody, not only whom a change touched' },
    asOfOption,
    ...configOptions,
  ],
  about: 'Scores customers from what was pulled. Makes no call to the CRM that writes.',
  examples: [
    { line: 'score', does: 'whom the last pull touched' },
    { line: 'score --all --as-of 2026-11-22', does: 'everybody, as of a day' },
  ],
  run: async (invocation) =>
    await withOneConnection(invocation, async (ctx) => {
      const { flags, screen } = invocation;
      const asOf = flags.day('as-of');
      const options = { all: flags.isSet('all'), ...(asOf === undefined ? {} : { asOf }) };
      return showReport(await scoreConnection(ctx, options), screen);
    }),
};
