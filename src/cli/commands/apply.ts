import { applyConnection } from '../../run/run-connection.ts';
import { allowOptions } from '../allowance.ts';
import type { CommandBody } from '../command.ts';
import { configOptions, connectionOption } from '../option.ts';
import { showReport } from '../show-report.ts';
import { withOneConnection } from '../with-app.ts';

/** `assay apply`. */
export const apply: CommandBody = {
  takes: '[plan]',
  positionals: { least: 0, most: 1 },
  needs: 'operator',
  options: [connectionOption, ...allowOptions, ...configOptions],
  about: `Writes a plan that \`assay plan\` made, exactly as it was shown; default the newest. An apply that
was stopped is taken up where it stopped, and writes nothing twice.`,
  examples: [
    { line: 'apply', does: 'the newest plan' },
    { line: 'apply p20261122005400a1b2c3d4', does: 'this plan and no other' },
  ],
  run: async (invocation) =>
    await withOneConnection(invocation, async (ctx) => {
      const [planId] = invocation.flags.positionals;
      const report = await applyConnection(ctx, planId === undefined ? {} : { planId });
      return showReport(report, invocation.screen);
    }),
};
