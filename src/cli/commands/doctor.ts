import { doctorConnection } from '../../run/doctor.ts';
import type { CommandBody } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { configOptions, connectionOption } from '../option.ts';
import { renderFindings } from '../views/findings.ts';
import { withOneConnection } from '../with-app.ts';

/** `assay doctor`. */
export const doctor: CommandBody = {
  takes: '',
  positionals: { least: 0, most: 0 },
  needs: 'viewer',
  options: [connectionOption, ...configOptions],
  about: `Checks config, store and connection, and says of each problem what to do. Changes nothing.
Ends with 0 when there is no problem, with 2 when there is one.`,
  examples: [
    { line: 'doctor', does: 'before the first run, and whenever something looks wrong' },
    {
      line: 'doctor --json',
      does: 'for a monitor: {"findings":[{"check","status","message","todo"}]}',
    },
  ],
  run: async (invocation) =>
    await withOneConnection(invocation, async (ctx) => {
      const findings = await doctorConnection(ctx);
      invocation.screen.result({ findings }, () => renderFindings(findings));
      const isWell = findings.every(({ status }) => status !== 'problem');
      return isWell ? exitCodes.done : exitCodes.configuration;
    }),
};
