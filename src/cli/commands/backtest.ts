import { existsSync, realpathSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { loadPolicy } from '../../config/load-policy.ts';
import { shownPath } from '../../config/shown-path.ts';
import { modelNames } from '../../domain/models.ts';
import { minorDigits } from '../../domain/money.ts';
import type { Policy } from '../../policy/schema.ts';
import { policyVersion } from '../../policy/version.ts';
import { heldOrders } from '../../run/held-orders.ts';
import { backtest as testScores } from '../../score/backtest/backtest.ts';
import { type OrderSource, readBacktestOrders } from '../backtest-books.ts';
import { choiceFlag } from '../choice-flag.ts';
import type { CommandBody, Invocation } from '../command.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { horizonDays } from '../horizon.ts';
import { lastDay } from '../last-day.ts';
import { configOptions } from '../option.ts';
import { readOrdersFile } from '../orders-file.ts';
import { policyFileOf } from '../policy-file.ts';
import { usageInvalid } from '../usage-invalid.ts';
import { renderBacktest } from '../views/backtest.ts';
import { backtestDocument } from '../views/backtest-document.ts';
import { backtestPage } from '../views/backtest-page.ts';
import { readConfig, withOneConnection } from '../with-app.ts';
import { writeWhole } from '../write-whole.ts';

/** `assay backtest`. */
export const backtest: CommandBody = {
  takes: '[orders.csv]',
  positionals: { least: 0, most: 1 },
  needs: 'viewer',
  options: [
    { kind: 'text', name: 'as-of', value: 'day', help: 'The past day to score on (YYYY-MM-DD)' },
    {
      kind: 'text',
      name: 'horizon',
      value: 'time',
      help: 'How far to look after it: 90d, 39w, 6m, 1y; default to the last order',
    },
    {
      kind: 'text',
      name: 'connection',
      value: 'name',
      help: "In place of a file: what this connection's store holds",
    },
    ...configOptions,
    {
      kind: 'text',
      name: 'model',
      value: 'model',
      help: `${modelNames.join(' or ')}; default the policy's`,
    },
    { kind: 'text', name: 'out', value: 'file', help: 'Also write a report page (HTML) here' },
  ],
  about: `Scores everybody as of a past day with only what was known then, and shows what they did next: spend
and orders by tier, segment and loyalty; the share of the next spend that the best 10 and 20 % hold;
whether the chance to buy came true; the error of expected orders and spend against simple
baselines; moves between tiers. Each claim is held against a baseline, with a 95 % interval from 200
seeded resamples of the customers: it says plainly where a score does not beat the baseline. The file
has the columns customer_id, date, amount and perhaps currency, as for score-file. Spend is what was
ordered, refunds not taken off. Who orders for the first time after the day is counted, not scored.
With --connection it reads
what the store holds of it now. Makes no call. The page needs nothing but itself.`,
  examples: [
    {
      line: 'backtest orders.csv --as-of 1997-09-30 --out report.html',
      does: 'verdicts here, charts on the page',
    },
    {
      line: 'backtest orders.csv --as-of 1997-09-30 --horizon 39w --model mbgnbd --json',
      does: 'as a document',
    },
    { line: 'backtest --connection main --as-of 2026-03-31', does: 'on what was pulled' },
  ],
  run: async (invocation) => {
    const { flags } = invocation;
    const [name] = flags.positionals;
    const isHeld = flags.text('connection') !== undefined;
    if ((name === undefined) !== isHeld)
      throw usageInvalid(
        'assay backtest needs a file of orders, or --connection, not both',
        'Write for example assay backtest orders.csv --as-of 2026-03-31.',
      );
    return name === undefined ? await testConnection(invocation) : await testFile(invocation, name);
  },
};

async function testFile(invocation: Invocation, name: string): Promise<ExitCode> {
  const { folder, signal } = invocation;
  const input = resolve(folder, name);
  const out = outOf(invocation, input);
  const policyFile = policyFileOf(invocation);
  return await testSource(invocation, {
    source: (rules) => readOrdersFile(input, rules, signal),
    name: basename(input),
    policy: loadPolicy(policyFile, folder),
    policyFile: shownPath(policyFile, folder),
    out,
  });
}

async function testConnection(invocation: Invocation): Promise<ExitCode> {
  const out = outOf(invocation, null);
  const { policyFile } = readConfig(invocation);
  return await withOneConnection(invocation, async (ctx) => {
    const held = await heldOrders(ctx);
    if (held === null)
      throw usageInvalid(
        `Nobody of connection "${ctx.connection}" was ever scored`,
        'Run `assay run` or `assay score` first: a backtest reads what they stored.',
      );
    const { currency, sales, problems } = held;
    const leftOut = Object.entries(problems).map(([cause, count]) => ({
      ...{ why: `cannot be counted: ${cause}`, count, lines: [] },
    }));
    const read = { currency, minorDigits: minorDigits(currency), rows: sales, leftOut };
    return await testSource(invocation, {
      source: (rules) => Promise.resolve({ orders: held.book(rules), ...read }),
      name: `connection ${ctx.connection}`,
      policy: ctx.policy,
      policyFile:
        ctx.policyFrom.kind === 'release'
          ? `release ${ctx.policyFrom.number}`
          : shownPath(policyFile, invocation.folder),
      out,
    });
  });
}

type Tested = {
  readonly source: OrderSource;
  readonly name: string;
  readonly policy: Policy;
  readonly policyFile: string;
  readonly out: string | null;
};

async function testSource(invocation: Invocation, tested: Tested): Promise<ExitCode> {
  const { flags, screen, folder, signal } = invocation;
  const { source, name, policy, policyFile, out } = tested;
  const asOf = lastDay(flags, 'backtest');
  const horizon = flags.text('horizon');
  const { model, years, margin, discount } = policy.lifetime;
  const ahead = { years, margin, discount, model: choiceFlag(flags, 'model', modelNames) ?? model };
  const orders = await readBacktestOrders(source, {
    policy,
    asOf,
    horizonDays: horizon === undefined ? null : Math.max(1, Math.round(horizonDays(horizon))),
  });
  const { books, horizonDays: days, minorDigits } = orders;
  const result = testScores(books, { policy, asOf, horizonDays: days, minorDigits, ahead });
  const document = backtestDocument({
    name,
    policyFile,
    policyVersion: policyVersion(policy),
    ahead,
    orders,
    result,
  });
  if (out !== null) await writeWhole(out, [backtestPage(document)], signal);
  screen.result(document, () =>
    renderBacktest(document, out === null ? null : shownPath(out, folder)),
  );
  return exitCodes.done;
}

/** @throws AssayError `USAGE_INVALID` where the page would take the place of the orders. */
function outOf({ flags, folder }: Invocation, input: string | null): string | null {
  const out = flags.text('out');
  if (out === undefined) return null;
  const file = resolve(folder, out);
  if (input === null) return file;
  if (existsSync(file) && existsSync(input) && realpathSync(file) === realpathSync(input))
    throw usageInvalid('--out is the file of orders itself', 'Name another file.');
  return file;
}
