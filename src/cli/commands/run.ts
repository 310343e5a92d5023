import type { App } from '../../app.ts';
import type { ConnectionId } from '../../domain/ids.ts';
import type { RunContext } from '../../run/context.ts';
import type { RunReport } from '../../run/report.ts';
import { pullConnection, runConnection } from '../../run/run-connection.ts';
import { allowOptions } from '../allowance.ts';
import type { CommandBody, Invocation } from '../command.ts';
import {
  type ExitCode,
  exitCodeOfError,
  exitCodeOfOutcome,
  exitCodes,
  worst,
} from '../exit-code.ts';
import { asOfOption, configOptions, connectionOption } from '../option.ts';
import { homeCurrency, shownPlan } from '../shown-plan.ts';
import { tellDraft } from '../tell-draft.ts';
import { errorDocument, renderError } from '../views/error.ts';
import { renderRunReport } from '../views/run-report.ts';
import { readConfig, withApp, withConnection } from '../with-app.ts';

/** `assay run`. */
export const run: CommandBody = {
  takes: '',
  positionals: { least: 0, most: 0 },
  needs: 'operator',
  options: [
    { ...connectionOption, help: 'Which connection of the config; default all, one after another' },
    {
      kind: 'flag',
      name: 'full',
      help: 'Read everything and find new cut points, not only what changed',
    },
    asOfOption,
    ...allowOptions,
    ...configOptions,
  ],
  about: `Reads what changed, scores whom it touched, plans what differs from the CRM and writes it.
Connections under \`identity\` in the config are all read before the first of them is scored.
A run that was stopped is taken up where it stopped. Right after a run, another one writes nothing.
A guard of the brake that holds its plan ends it with exit code 3; --allow lets that guard pass once.
With --json: {"runs":[report, …],"failures":[{"connection","error"}, …]}.`,
  examples: [
    { line: 'run', does: 'one pass over every connection' },
    { line: 'run --connection main --full', does: 'read everything anew, find new cut points' },
    {
      line: 'run --full --allow source-cut-short --why "archived 2019"',
      does: 'although many records are gone, which you know of',
    },
    { line: 'run --json | jq .runs[0].outcome', does: 'for a scheduler' },
  ],
  run: runConnections,
};

type Outcome =
  | {
      readonly kind: 'report';
      readonly connection: ConnectionId;
      readonly report: RunReport;
      readonly text: string;
    }
  | { readonly kind: 'failure'; readonly connection: ConnectionId; readonly error: unknown };

async function runConnections(invocation: Invocation): Promise<ExitCode> {
  const config = readConfig(invocation);
  const named = invocation.flags.text('connection');
  const ids = named === undefined ? config.connections.map(({ id }) => id) : [named];
  const outcomes = await withApp(config, invocation, async (app) => {
    await tellDraft(app, invocation.screen);
    const early = await pullEarly(app, ids, invocation);
    const pulled = new Set(early.filter(isDone).map(({ connection }) => connection));
    const ended = early.filter(({ kind }) => kind === 'report');
    for (const id of ids) {
      if (invocation.signal.aborted && ended.length > 0) break;
      ended.push(await runOne(app, id, invocation, pulled.has(id)));
    }
    return ended;
  });
  show(outcomes, invocation);
  return worst(outcomes.map(exitCodeOf));
}

/**
 * Connections whose customers are joined with those of one that runs before them are read first: what
 * they know counts there as well. Who fails here says so in its own run.
 */
async function pullEarly(
  app: App,
  ids: readonly ConnectionId[],
  invocation: Invocation,
): Promise<Outcome[]> {
  const groups = app.config.identity ?? [];
  const later = groups.flatMap(({ connections }) =>
    ids.filter((id) => connections.includes(id)).slice(1),
  );
  const ended: Outcome[] = [];
  for (const id of later) {
    if (invocation.signal.aborted) break;
    ended.push(
      await outcomeOf(app, id, invocation, async (ctx) => {
        const report = await pullConnection(ctx, optionsOf(invocation));
        return { report, text: renderRunReport(report) };
      }),
    );
  }
  return ended;
}

function isDone(outcome: Outcome): boolean {
  return outcome.kind === 'report' && outcome.report.outcome === 'done';
}

async function runOne(
  app: App,
  id: ConnectionId,
  invocation: Invocation,
  isPulled: boolean,
): Promise<Outcome> {
  return outcomeOf(app, id, invocation, async (ctx) => {
    const report = await runConnection(ctx, { ...optionsOf(invocation), isPulled });
    const plan = shownPlan(report, await homeCurrency(ctx), ctx);
    const text = [plan, renderRunReport(report)].filter((part) => part !== '').join('\n\n');
    return { report, text };
  });
}

function optionsOf({ flags }: Invocation) {
  return { full: flags.isSet('full'), asOf: flags.day('as-of') };
}

async function outcomeOf(
  app: App,
  connection: ConnectionId,
  invocation: Invocation,
  work: (ctx: RunContext) => Promise<{ readonly report: RunReport; readonly text: string }>,
): Promise<Outcome> {
  try {
    return await withConnection(app, connection, invocation, async (ctx) => ({
      kind: 'report',
      connection,
      ...(await work(ctx)),
    }));
  } catch (error) {
    return { kind: 'failure', connection, error };
  }
}

function show(outcomes: readonly Outcome[], { screen, flags }: Invocation): void {
  const reports = outcomes.filter((outcome) => outcome.kind === 'report');
  const failures = outcomes.filter((outcome) => outcome.kind === 'failure');
  const document = {
    runs: reports.map(({ report }) => report),
    failures: failures.map(({ connection, error }) => ({ connection, ...errorDocument(error) })),
  };
  if (screen.isJson || reports.length > 0)
    screen.result(document, () => reports.map(({ text }) => text).join('\n\n'));
  for (const { connection, error } of failures) {
    const ended = exitCodeOfError(error) === exitCodes.refused ? 'refused' : 'failed';
    screen.say(`Run of ${connection}: ${ended}`);
    screen.say(renderError(error, { stack: flags.isSet('debug') }));
  }
}

function exitCodeOf(outcome: Outcome): ExitCode {
  return outcome.kind === 'report'
    ? exitCodeOfOutcome(outcome.report.outcome)
    : exitCodeOfError(outcome.error);
}
