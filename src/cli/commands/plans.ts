import { resolve } from 'node:path';
import type { App } from '../../app.ts';
import { type PlanStatus, planStatuses } from '../../domain/plan.ts';
import type { CommandBody, Invocation } from '../command.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { configOptions, connectionOption } from '../option.ts';
import { findPlan } from '../plans/find-plan.ts';
import { showPlan } from '../plans/show-plan.ts';
import { usageInvalid } from '../usage-invalid.ts';
import { renderPlanList } from '../views/plan-list.ts';
import { readConfig, withApp } from '../with-app.ts';

const defaultListed = 20;

/** `assay plans`. */
export const plans: CommandBody = {
  takes: '[plan]',
  positionals: { least: 0, most: 1 },
  needs: 'viewer',
  options: [
    { ...connectionOption, help: 'Plans of this connection; default of all' },
    {
      kind: 'text',
      name: 'status',
      value: 'status',
      help: `Only ${planStatuses.join(', ')}; several with commas`,
    },
    { kind: 'flag', name: 'rescorings', help: 'Also the small plans that webhooks made' },
    { kind: 'text', name: 'limit', value: 'n', help: `How many plans; default ${defaultListed}` },
    {
      kind: 'text',
      name: 'changes',
      value: 'n',
      help: 'With a plan: how many changes; default 20, with --html 1000, with --json all',
    },
    { kind: 'text', name: 'html', value: 'file', help: 'With a plan: write it as one page' },
    ...configOptions,
  ],
  about: `Lists plans, the newest first: when, of what kind, how it stands, how many customers change, what it waits for or
who decided. With a plan's id all of it: who moves between tiers and the revenue that moves, the ten largest moves with
their reasons, what holds it, changes field by field. Reads the store alone; no call is made.
With --json: {"plans":[…]}; of one plan {…,"moves","receipts","changes","memberships"}, whole.`,
  examples: [
    { line: 'plans --status held', does: 'what waits for a word' },
    {
      line: 'plans p20261122005400a1b2c3d4 --changes 200',
      does: 'one plan with its first changes',
    },
    { line: 'plans p20261122005400a1b2c3d4 --html plan.html', does: 'to be read and passed on' },
  ],
  run: async (invocation) => {
    const [id] = invocation.flags.positionals;
    const shown = id === undefined ? null : shownOf(invocation);
    const config = readConfig(invocation);
    return await withApp(config, invocation, async (app) => {
      if (id === undefined || shown === null) return await list(app, invocation);
      return await showPlan(app, await findPlan(app, id), { ...shown, ...invocation });
    });
  },
};

/** Read before anything is opened. */
function shownOf({ flags, folder }: Invocation) {
  const html = flags.text('html');
  const changes = flags.count('changes');
  return { html: html === undefined ? null : resolve(folder, html), changes };
}

async function list({ store, config }: App, { flags, screen }: Invocation): Promise<ExitCode> {
  const named = flags.text('connection');
  const known = config.connections.map(({ id }) => id);
  if (named !== undefined && !known.includes(named))
    throw usageInvalid(`There is no connection "${named}"`, `They are: ${known.join(', ')}.`);
  const found = await store.plans.list({
    connections: named === undefined ? known : [named],
    statuses: statusesOf(flags.texts('status')),
    rescorings: flags.isSet('rescorings'),
    limit: flags.count('limit') ?? defaultListed,
  });
  screen.result({ plans: found }, () => renderPlanList(found));
  return exitCodes.done;
}

function statusesOf(texts: readonly string[]): readonly PlanStatus[] | null {
  const words = texts.flatMap((text) => text.split(',')).map((word) => word.trim());
  return words.length === 0 ? null : words.map(statusNamed);
}

function statusNamed(word: string): PlanStatus {
  const status = planStatuses.find((known) => known === word);
  if (status !== undefined) return status;
  throw usageInvalid(`--status is no "${word}"`, `It takes: ${planStatuses.join(', ')}.`);
}
