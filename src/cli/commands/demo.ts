import type { App } from '../../app.ts';
import { type Clock, systemClock } from '../../lib/clock.ts';
import type { CommandBody, Invocation } from '../command.ts';
import { withDemoApp } from '../demo/demo-app.ts';
import type { DemoCrm } from '../demo/demo-crm.ts';
import { demoClock } from '../demo/demo-day.ts';
import { type DemoCrmRuns, demoLine } from '../demo/demo-line.ts';
import { startHubSpot } from '../demo/hubspot-crm.ts';
import { type DemoTold, runDemo } from '../demo/run-demo.ts';
import { startZoho } from '../demo/zoho-crm.ts';
import { type ExitCode, exitCodeOfOutcome, worst } from '../exit-code.ts';
import type { Screen } from '../screen.ts';
import { shownPlan } from '../shown-plan.ts';
import { untilAborted } from '../until-aborted.ts';
import {
  renderCost,
  renderHashes,
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
  needs: 'none',
  options: [
    { kind: 'flag', name: 'once', help: 'Run and end; the default, for scripts that say so' },
    { kind: 'flag', name: 'keep', help: 'Serve the sandboxes afterwards, until Ctrl-C' },
  ],
  about: `Starts sandboxes of HubSpot and Zoho CRM with a year of a shop's real orders, creates fields and
lists, scores every customer, writes the results, explains three customers, and runs again to show
that nothing is left to write; in both the scores are the same. Needs no account, writes to a
temporary folder, and takes about a minute: the sandboxes allow what the professional plans do.
With --json: {"crms":{"hubspot":{…},"zoho":{…}}} with counts, calls and a hash over all scores.`,
  examples: [
    { line: 'demo', does: 'the whole job once' },
    { line: 'demo --keep', does: 'and look around in the sandboxes afterwards' },
    { line: 'demo --once --json', does: 'for a script' },
  ],
  run: runAndTell,
};

/** The first is told at length. */
const starts = [startHubSpot, startZoho] as const;

async function runAndTell(invocation: Invocation): Promise<ExitCode> {
  const { screen, flags, signal } = invocation;
  const clock = demoClock();
  const startedAt = systemClock.now();
  screen.tell(renderWelcome());
  const crms: DemoCrm[] = [];
  try {
    for (const start of starts) crms.push(await start(clock));
    const done = await runAll(crms, clock, invocation);
    screen.tell(`\n${renderHashes(done)}`);
    screen.tell(`\nAll of it took ${elapsed(systemClock.now() - startedAt)}.`);
    screen.tell(renderRefusals(Object.assign({}, ...crms.map((crm) => crm.refusals()))));
    screen.tell(renderNextSteps());
    if (screen.isJson) screen.result(demoLine(done), () => '');
    if (flags.isSet('keep')) await keepServing(crms, screen, signal);
    const reports = done.flatMap(({ runs }) => [runs.first.report, runs.second.report]);
    return worst(reports.map(({ outcome }) => exitCodeOfOutcome(outcome)));
  } finally {
    for (const crm of crms) await crm.close();
  }
}

async function runAll(
  crms: readonly DemoCrm[],
  clock: Clock,
  invocation: Invocation,
): Promise<readonly DemoCrmRuns[]> {
  return await withDemoApp(crms, { clock, log: invocation.log }, async (app) => {
    const done: DemoCrmRuns[] = [];
    for (const crm of crms)
      done.push({ crm, runs: await runOne(app, crm, done.length === 0, invocation) });
    return done;
  });
}

async function runOne(app: App, crm: DemoCrm, isFirst: boolean, invocation: Invocation) {
  const { screen } = invocation;
  const { title, contacts, deals, url } = crm;
  screen.tell(
    `${isFirst ? '' : '\n'}${title}: a sandbox with ${count(contacts)} contacts and ${count(deals)} deals at ${url}`,
  );
  const told = isFirst ? fullStory(screen) : shortStory(screen);
  return await withConnection(app, crm.crm, invocation, (ctx) => runDemo(ctx, crm, told));
}

function fullStory(screen: Screen): DemoTold {
  return {
    ...shortStory(screen),
    ranFirst: ({ report }, currency, ctx) => {
      screen.tell(`${shownPlan(report, currency, ctx)}\n\n${renderRunReport(report)}\n`);
    },
    explained: (picks) => screen.tell(picks.map(renderPick).join('\n\n')),
  };
}

function shortStory(screen: Screen): DemoTold {
  return {
    provisioned: (report) => {
      const tally = renderProvision(report).split('\n').at(-1);
      screen.tell(`Fields and lists: ${tally}\n`);
    },
    ranFirst: (run) => screen.tell(renderCost(run)),
    explained: null,
    ranSecond: (run) => screen.tell(`\n${renderSecondRun(run)}`),
  };
}

async function keepServing(
  crms: readonly DemoCrm[],
  screen: Screen,
  signal: AbortSignal,
): Promise<void> {
  for (const { title, url, token } of crms)
    screen.tell(`The ${title} sandbox stays at ${url}, token ${token}, until Ctrl-C.`);
  await untilAborted(signal);
}
