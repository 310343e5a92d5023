import { approvePlan } from '../../run/decide-plan.ts';
import { allowedGuards, allowOptions } from '../allowance.ts';
import type { CommandBody } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { configOptions } from '../option.ts';
import { decideContext, whyOf } from '../plans/decide.ts';
import { findPlan } from '../plans/find-plan.ts';
import { askToWork } from '../service/ask-to-work.ts';
import { renderApproved } from '../views/decided.ts';
import { readConfig, withApp } from '../with-app.ts';

/** `assay approve`. */
export const approve: CommandBody = {
  takes: '<plan>',
  positionals: { least: 1, most: 1 },
  needs: 'operator',
  options: [...allowOptions, ...configOptions],
  about: `Lets a plan that waits be written, exactly as \`assay plans <plan>\` shows it: nothing is added to it. Each guard that
holds it is named with --allow. The word is kept in the log with your name and reason. Before it is written, what the
CRM holds is read back: where somebody changed a value meanwhile, nothing is written and a fresh plan is made.
With --json: {"plan","status","decision","told"}; "told": whether a running service was asked to write it now.`,
  examples: [
    { line: 'approve p20261122005400a1b2c3d4 --why "new tiers"', does: 'in mode approve' },
    {
      line: 'approve p20261122005400a1b2c3d4 --allow tier-customers --why "new tiers"',
      does: 'although so many change tier',
    },
  ],
  run: async (invocation) => {
    const { flags, screen, log } = invocation;
    const [id = ''] = flags.positionals;
    const word = { guards: allowedGuards(flags), why: whyOf(flags) };
    return await withApp(readConfig(invocation), invocation, async (app) => {
      const found = await findPlan(app, id);
      const plan = await approvePlan(decideContext(app, found, invocation), found, word);
      const told = await askToWork(app, plan.connection, log);
      const { status, decision } = plan;
      screen.result({ plan: id, status, decision, told }, () => renderApproved(plan, told));
      return exitCodes.done;
    });
  },
};
