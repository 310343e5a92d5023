import type { App } from '../../app.ts';
import type { ConnectionId } from '../../domain/ids.ts';
import type { RunReport } from '../../run/report.ts';
import { runConnection } from '../../run/run-connection.ts';
import type { CommandBody, Invocation } from '../command.ts';
import { type ExitCode, exitCodeOfError, exitCodeOfOutcome, worst } from '../exit-code.ts';
import { asOfOption, configOptions, connectionOption } from '../option.ts';
import { homeCurrency, shownPlan } from '../shown-plan.ts';
import { errorDocument, renderError } from '../views/error.ts';
import { renderRunReport } from '../views/run-report.ts';
import { readConfig, withApp, withConnection } from '../with-app.ts';

/** `assay run`. */
export const run: CommandBody = {
  takes: '',
  positionals: { least: 0, most: 0 },
  options: [
    { ...connectionOption, help: 'Which connection of the config; default all, one after another' },
    {
      kind: 'flag',
      name: 'full',
      help: 'Read everything and find new cut points, not only what changed',
    },
    asOfOption,
    ...configOptions,
  ],
  about: `Reads what changed, scores whom it touched, plans what differs from the CRM and writes it.
A run that was stopped is taken up where it stopped. Right after a run, another one writes nothing.
With --json: {"runs":[report, …],"failures":[{"connection","error"}, …]}.`,
  examples: [
    { line: 'run', does: 'one pass over every connection' },
    { line: 'run --connection main --full', does: 'read everything anew, find new cut points' },
    { line: 'run --json | jq .runs[0].outcome', does: 'for a scheduler' },
  ],
  run: runConnections,
};

type Outcome =
  | { readonly kind: 'report'; readonly report: RunReport; readonly text: string }
  | { readonly kind: 'failure'; readonly connection: ConnectionId; readonly error: unknown };

async function runConnections(invocation: Invocation): Promise<ExitCode> {
  const config = readConfig(invocation);
  const named = invocation.flags.text('connection');
  const ids = named === undefined ? config.connections.map(({ id }) => id) : [named];
  const outcomes = await withApp(config, invocation, async (app) => {
    const ended: Outcome[] = [];
    for (const id of ids) {
      if (invocation.signal.aborted && ended.length > 0) break;
      ended.push(await runOne(app, id, invocation));
    }
    return ended;
  });
  show(outcomes, invocation);
  return worst(outcomes.map(exitCodeOf));
}

async function runOne(app: App, id: ConnectionId, invocation: Invocation): Promise<Outcome> {
  const { flags } = invocation;
  const asOf = flags.day('as-of');
  const options = { full: flags.isSet('full'), ...(asOf === undefined ? {} : { asOf }) };
  try {
    return await withConnection(app, id, invocation, async (ctx) => {
      const report = await runConnection(ctx, options);
      const plan = shownPlan(report, await homeCurrency(ctx), app);
      const text = [plan, renderRunReport(report)].filter((part) => part !== '').join('\n\n');
      return { kind: 'report', report, text };
    });
  } catch (error) {
    return { kind: 'failure', connection: id, error };
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
    screen.say(`Run of ${connection}: failed`);
    screen.say(renderError(error, { stack: flags.isSet('debug') }));
  }
}

function exitCodeOf(outcome: Outcome): ExitCode {
  return outcome.kind === 'report'
    ? exitCodeOfOutcome(outcome.report.outcome)
    : exitCodeOfError(outcome.error);
}
