import { resolve } from 'node:path';
import type { App } from '../../app.ts';
import { shownPath } from '../../config/shown-path.ts';
import { dayNumber } from '../../domain/day.ts';
import type { ConnectionId } from '../../domain/ids.ts';
import { policyVersion } from '../../policy/version.ts';
import { type PolicyProposal, proposalOf } from '../../run/policy-proposal.ts';
import type { PolicySide, ReadableSide } from '../../run/policy-side.ts';
import { simulatePolicy } from '../../run/simulate-policy.ts';
import type { FoundCuts } from '../../run/simulation-sides.ts';
import type { Invocation } from '../command.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { horizonDays } from '../horizon.ts';
import { asOfOption, connectionOption, type Option } from '../option.ts';
import { usageInvalid } from '../usage-invalid.ts';
import { renderSimulation } from '../views/policy-simulation.ts';
import { simulationDocument } from '../views/policy-simulation-document.ts';
import { simulationPage } from '../views/policy-simulation-page.ts';
import { readConfig, withApp, withConnection } from '../with-app.ts';
import { writeWhole } from '../write-whole.ts';
import { backtestBoth, type TestedPolicy } from './backtest-both.ts';
import { ownFileIfReadable, sideOfFile } from './side-asked.ts';
import type { SimulatedConnection } from './simulated-connection.ts';

export const simulateOptions: readonly Option[] = [
  {
    ...connectionOption,
    help: 'On which connection to `simulate` or `compare`; may be given several times; default all',
  },
  {
    kind: 'text',
    name: 'html',
    value: 'file',
    help: '`simulate`, `compare`: also write a page to send round',
  },
  { kind: 'flag', name: 'full', help: '`simulate`: find new cut points whatever the policy says' },
  {
    kind: 'text',
    name: 'past',
    value: 'day',
    help: '`simulate`: the past day of the back-test (YYYY-MM-DD); default half a year before the last order',
  },
  {
    kind: 'text',
    name: 'horizon',
    value: 'time',
    help: '`simulate`: how far the back-test looks: 90d, 39w, 6m, 1y',
  },
  { kind: 'flag', name: 'no-backtest', help: '`simulate`: leave the back-test out' },
  { ...asOfOption, help: '`simulate`: count days to this one; default today' },
];

/** `assay policy simulate`. */
export async function simulate(invocation: Invocation, file: string): Promise<ExitCode> {
  const { flags, folder, screen, signal } = invocation;
  const out = flags.text('html');
  const draft = sideOfFile(file, folder);
  const { asked, parts } = await withApp(readConfig(invocation), invocation, async (app) => {
    const asked = await proposalOf(app.store, draft, () => ownFileIfReadable(app, invocation));
    return { asked, parts: await simulateAll(app, asked, invocation) };
  });
  const document = simulationDocument(asked, parts);
  if (out !== undefined) await writeWhole(resolve(folder, out), [simulationPage(document)], signal);
  screen.result(document, () =>
    renderSimulation(document, out === undefined ? null : shownPath(resolve(folder, out), folder)),
  );
  return exitCodes.done;
}

async function simulateAll(
  app: App,
  { draft, before: known }: PolicyProposal,
  invocation: Invocation,
): Promise<readonly SimulatedConnection[]> {
  const found: FoundCuts = new Map();
  const before = await sideNow(app, known);
  const parts: SimulatedConnection[] = [];
  for (const id of connectionsAsked(app, invocation)) {
    invocation.signal.throwIfAborted();
    parts.push(await simulateOne(app, id, { draft, before, found }, invocation));
  }
  return parts;
}

type What = {
  readonly draft: ReadableSide;
  readonly before: TestedPolicy;
  readonly found: FoundCuts;
};

async function simulateOne(
  app: App,
  id: ConnectionId,
  { draft, before, found }: What,
  invocation: Invocation,
): Promise<SimulatedConnection> {
  const { flags } = invocation;
  return await withConnection(app, id, invocation, async (ctx) => {
    const options = { asOf: flags.day('as-of'), full: flags.isSet('full'), found };
    const simulation = await simulatePolicy(
      { ...ctx, policy: before.policy },
      draft.policy,
      options,
    );
    if (flags.isSet('no-backtest')) return { simulation, tested: null };
    const horizon = flags.text('horizon');
    const past = flags.day('past');
    const wish = {
      past: past === undefined ? null : dayNumber(past),
      horizonDays: horizon === undefined ? null : Math.max(1, Math.round(horizonDays(horizon))),
    };
    return { simulation, tested: await backtestBoth(ctx, { before, after: draft }, wish) };
  });
}

/**
 * What made the scores that are there. A file that was edited since the last run is in force while none
 * is published, but has moved nobody yet.
 */
async function sideNow({ standard }: App, known: PolicySide | null): Promise<TestedPolicy> {
  if (known !== null && known.policy !== null) return { ...known, policy: known.policy };
  const { policy, ...from } = await standard.inForce();
  const name = from.kind === 'file' ? 'the file in force' : `release ${from.number}`;
  return { name, policy, version: policyVersion(policy) };
}

/** The connections that are named; all where none is. */
export function connectionsAsked({ config }: App, { flags }: Invocation): readonly ConnectionId[] {
  const named = flags.texts('connection');
  const known = config.connections.map(({ id }) => id);
  const stranger = named.find((id) => !known.includes(id));
  if (stranger !== undefined)
    throw usageInvalid(
      `There is no connection "${stranger}"`,
      `config/assay.yaml names: ${known.join(', ')}.`,
    );
  return named.length === 0 ? known : [...new Set(named)];
}
