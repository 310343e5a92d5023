import { rejectPlan } from '../../run/decide-plan.ts';
import type { CommandBody } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { configOptions } from '../option.ts';
import { decideContext, whyOf } from '../plans/decide.ts';
import { findPlan } from '../plans/find-plan.ts';
import { renderRejected } from '../views/decided.ts';
import { readConfig, withApp } from '../with-app.ts';

/** `assay reject`. */
export const reject: CommandBody = {
  takes: '<plan>',
  positionals: { least: 1, most: 1 },
  needs: 'operator',
  options: [
    { kind: 'text', name: 'why', value: 'text', help: 'Your reason, for the log' },
    ...configOptions,
  ],
  about: `Ends a plan that waits: it will never be written. Runs plan again from here on; a plan that would change the very
same is rejected by itself, one that differs in anything is held or written as any other. Mend what made it wrong first:
until a plan has been written, webhooks score and write nothing.
With --json: {"plan","status","decision"}.`,
  examples: [
    {
      line: 'reject p20261122005400a1b2c3d4 --why "wrong stage mapping"',
      does: 'keeps the reason',
    },
  ],
  run: async (invocation) => {
    const { flags, screen } = invocation;
    const [id = ''] = flags.positionals;
    const why = whyOf(flags);
    return await withApp(readConfig(invocation), invocation, async (app) => {
      const found = await findPlan(app, id);
      const plan = await rejectPlan(decideContext(app, found, invocation), found, why);
      const { status, decision } = plan;
      screen.result({ plan: id, status, decision }, () => renderRejected(plan));
      return exitCodes.done;
    });
  },
};
