import { provisionConnection } from '../../run/provision.ts';
import type { CommandBody } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { configOptions, connectionOption } from '../option.ts';
import { usageInvalid } from '../usage-invalid.ts';
import { renderProvision } from '../views/provision.ts';
import { withOneConnection } from '../with-app.ts';

/** `assay provision`. */
export const provision: CommandBody = {
  takes: '',
  positionals: { least: 0, most: 0 },
  needs: 'admin',
  options: [
    connectionOption,
    {
      kind: 'flag',
      name: 'remove',
      help: 'Take our fields and lists away again, with their values',
    },
    { kind: 'flag', name: 'rebuild-lists', help: 'Build lists again that a human deleted' },
    ...configOptions,
  ],
  about: `Creates the fields and lists that the policy asks for. Safe to repeat: what is there is left, and
what people renamed stays renamed. Ends with 1 when a step met a problem.`,
  examples: [
    {
      line: 'provision',
      does: 'before the first run, and after the policy got a new field or list',
    },
    { line: 'provision --remove', does: 'leave the CRM as it was before Assay' },
  ],
  run: async (invocation) => {
    const remove = invocation.flags.isSet('remove');
    const rebuildDeletedLists = invocation.flags.isSet('rebuild-lists');
    if (remove && rebuildDeletedLists)
      throw usageInvalid('--remove and --rebuild-lists contradict each other', 'Give one of them.');
    return await withOneConnection(invocation, async (ctx) => {
      const report = await provisionConnection(ctx, { remove, rebuildDeletedLists });
      invocation.screen.result(report, () => renderProvision(report));
      const isClean = report.steps.every(({ outcome }) => outcome !== 'problem');
      return isClean ? exitCodes.done : exitCodes.rejections;
    });
  },
};
