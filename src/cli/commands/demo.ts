import { type Clock, systemClock } from '../../lib/clock.ts';
import type { CommandBody, Invocation } from '../command.ts';
import { demoConnection, withDemoApp } from '../demo/demo-app.ts';
import { demoClock } from '../demo/demo-day.ts';
import { demoLine } from '../demo/demo-line.ts';
import { type DemoPortal, startDemoPortal } from '../demo/demo-portal.ts';
import { type DemoRuns, type DemoTold, runDemo } from '../demo/run-demo.ts';
import { type ExitCode, exitCodeOfOutcome, worst } from '../exit-code.ts';
import type { Screen } from '../screen.ts';
import { shownPlan } from '../shown-plan.ts';
import { untilAborted } from '../until-aborted.ts';
import {
  renderNextSteps,
  renderPick,
  renderRefusals,
  renderSecondRun,
  renderWelcome,
} from '../views/demo.ts';
import { count, elapsed } from '../views/figures.ts';
import { renderProvision } from '../views/provision.ts';
import { renderRunReport } from '../views/run-report.ts';
import { withConnection } from '../with-app.ts';

/** `assay demo`. */
export const demo: CommandBody = {
  takes: '',
  positionals: { least: 0, most: 0 },
  options: [
    { kind: 'flag', name: 'once', help: 'Run and end; the default, for scripts that say so' },
    { kind: 'flag', name: 'keep', help: 'Serve the sandbox afterwards, until Ctrl-C' },
  ],
  about: `Starts the HubSpot sandbox with a year of a shop's real orders, creates fields and lists, scores
every customer, writes the results, explains three customers, and runs again to show that nothing
is left to write. Needs no account, writes to a temporary folder, and takes about half a minute:
the sandbox allows as many calls in ten seconds as HubSpot's professional plan.
With --json: {"crms":{"hubspot":{…}}} with counts, calls and a hash over all scores.`,
  examples: [
    { line: 'demo', does: 'the whole job once' },
    { line: 'demo --keep', does: 'and look around in the sandbox afterwards' },
    { line: 'demo --once --json', does: 'for a script' },
  ],
  run: runAndTell,
};

async function runAndTell(invocation: Invocation): Promise<ExitCode> {
  const { screen, flags, signal } = invocation;
  const clock = demoClock();
  const startedAt = systemClock.now();
  screen.tell(renderWelcome());
  const portal = await startDemoPortal(clock);
  try {
    const runs = await runAll(portal, clock, invocation);
    screen.tell(`\nAll of it took ${elapsed(systemClock.now() - startedAt)}.`);
    screen.tell(renderRefusals(portal.refusals()));
    screen.tell(renderNextSteps());
    if (screen.isJson) screen.result(demoLine(portal, runs), () => '');
    if (flags.isSet('keep')) await keepServing(portal, screen, signal);
    return worst([runs.first, runs.second].map(({ report }) => exitCodeOfOutcome(report.outcome)));
  } finally {
    await portal.close();
  }
}

async function runAll(portal: DemoPortal, clock: Clock, invocation: Invocation): Promise<DemoRuns> {
  const told = storyOf(invocation.screen, portal);
  return await withDemoApp(portal, { clock, log: invocation.log }, (app) =>
    withConnection(app, demoConnection, invocation, (ctx) => runDemo(ctx, app, portal, told)),
  );
}

function storyOf(screen: Screen, { contacts, deals, url }: DemoPortal): DemoTold {
  screen.tell(`A sandbox with ${count(contacts)} contacts and ${count(deals)} deals at ${url}`);
  return {
    provisioned: (report) => {
      const tally = renderProvision(report).split('\n').at(-1);
      screen.tell(`Fields and lists: ${tally}\n`);
    },
    ranFirst: ({ report }, currency, app) => {
      screen.tell(`${shownPlan(report, currency, app)}\n\n${renderRunReport(report)}\n`);
    },
    explained: (picks) => screen.tell(picks.map(renderPick).join('\n\n')),
    ranSecond: (run) => screen.tell(`\n${renderSecondRun(run)}`),
  };
}

async function keepServing(
  { url, token }: DemoPortal,
  screen: Screen,
  signal: AbortSignal,
): Promise<void> {
  screen.tell(`The sandbox stays at ${url}, token ${token}, until Ctrl-C.`);
  await untilAborted(signal);
}
