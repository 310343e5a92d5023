import { pullConnection } from '../../run/run-connection.ts';
import { allowOptions } from '../allowance.ts';
import type { CommandBody } from '../command.ts';
import { configOptions, connectionOption } from '../option.ts';
import { showReport } from '../show-report.ts';
import { withOneConnection } from '../with-app.ts';

/** `assay pull`. */
export const pull: CommandBody = {
  takes: '',
  positionals: { least: 0, most: 0 },
  needs: 'operator',
  options: [
    connectionOption,
    { kind: 'flag', name: 'full', help: 'Read everything, not only what changed' },
    ...allowOptions,
    ...configOptions,
  ],
  about: `Reads customers and deals into the store. Writes nothing to the CRM. A pull that was stopped is
taken up where it stopped.`,
  examples: [
    { line: 'pull', does: 'what changed since the last pull' },
    { line: 'pull --full', does: 'everything' },
  ],
  run: async (invocation) =>
    await withOneConnection(invocation, async (ctx) => {
      const report = await pullConnection(ctx, { full: invocation.flags.isSet('full') });
      return showReport(report, invocation.screen);
    }),
};
