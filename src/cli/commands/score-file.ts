import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadPolicy } from '../../config/load-policy.ts';
import { shownPath } from '../../config/shown-path.ts';
import { dayText } from '../../domain/day.ts';
import { modelNames } from '../../domain/models.ts';
import type { Policy } from '../../policy/schema.ts';
import { policyVersion } from '../../policy/version.ts';
import { predictOrders, scoreOrders } from '../../score/columns/score-orders.ts';
import { firstDayOfWindow } from '../../score/signals.ts';
import { choiceFlag } from '../choice-flag.ts';
import type { CommandBody, Invocation } from '../command.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { horizonDays } from '../horizon.ts';
import { lastDay } from '../last-day.ts';
import { readOrdersFile } from '../orders-file.ts';
import { policyFileOf } from '../policy-file.ts';
import { scoresCsv } from '../scores-csv.ts';
import { usageInvalid } from '../usage-invalid.ts';
import { renderScoreFile, scoreFileDocument } from '../views/score-file.ts';
import { writeWhole } from '../write-whole.ts';

const STDOUT = '-';

/** `assay score-file`. */
export const scoreFile: CommandBody = {
  takes: '<orders.csv>',
  positionals: { least: 1, most: 1 },
  needs: 'none',
  options: [
    { kind: 'text', name: 'as-of', value: 'day', help: 'The last day looked at (YYYY-MM-DD)' },
    { kind: 'text', name: 'out', value: 'file', help: 'Where the scores go; - for stdout' },
    {
      kind: 'text',
      name: 'policy',
      value: 'file',
      help: 'Scoring policy; default $ASSAY_POLICY, config/policy.yaml, then the shipped one',
    },
    {
      kind: 'text',
      name: 'model',
      value: 'model',
      help: `${modelNames.join(' or ')}; default the policy's`,
    },
    {
      kind: 'text',
      name: 'horizon',
      value: 'time',
      help: "How far p_buys and expected_orders look: 90d, 39w, 6m, 1y; default the policy's",
    },
  ],
  about: `Scores every customer in a file with the columns customer_id, date, amount and perhaps currency,
without a CRM. Orders of one day are one; a negative amount is a refund, not an order. R, F, M, value
and loyalty are those of a CRM in which referrals, events and due dates are unknown. orders and
net_amount count the whole file; scores count the policy's window. x, t_x and T are repeat orders and
weeks since the first order. clv is what future orders are worth today by the policy's lifetime
section. Who only has refunds stands there with 0 orders and no scores. Makes no call.`,
  examples: [
    {
      line: 'score-file orders.csv --as-of 1997-09-30 --out scores.csv',
      does: 'one line a customer',
    },
    {
      line: 'score-file orders.csv --as-of 1997-09-30 --horizon 39w --out - > scores.csv',
      does: 'to stdout, the summary to stderr',
    },
  ],
  run: scoreTheFile,
};

async function scoreTheFile(invocation: Invocation): Promise<ExitCode> {
  const { flags, screen, folder, signal } = invocation;
  const [name = ''] = flags.positionals;
  const input = resolve(folder, name);
  const asOf = lastDay(flags, 'score-file');
  const out = outOf(invocation, input);
  const policyFile = policyFileOf(invocation);
  const policy = loadPolicy(policyFile, folder);
  const ahead = lookAhead(invocation, policy);
  const windowFrom = firstDayOfWindow(asOf, policy.windowMonths);
  const rules = { asOf, windowFrom, ...policy.purchase };
  const file = await readOrdersFile(input, rules, signal);
  const scored = scoreOrders(file.orders, policy, asOf, file.minorDigits);
  const predicted = predictOrders(file.orders, asOf, file.minorDigits, ahead);
  const text = scoresCsv({ ...scored, ...predicted, policy, currency: file.currency });
  const done = {
    asOf: dayText(asOf),
    policyFile: shownPath(policyFile, folder),
    policyVersion: policyVersion(policy),
    out: out === STDOUT ? STDOUT : shownPath(out, folder),
    file,
    scored,
    predicted,
    ahead,
  };
  if (out === STDOUT) {
    for (const piece of text) screen.print(piece.slice(0, -1));
    screen.say(renderScoreFile(done));
    return exitCodes.done;
  }
  await writeWhole(out, text, signal);
  screen.result(scoreFileDocument(done), () => renderScoreFile(done));
  return exitCodes.done;
}

function lookAhead({ flags }: Invocation, { lifetime }: Policy) {
  const horizon = flags.text('horizon');
  return {
    model: choiceFlag(flags, 'model', modelNames) ?? lifetime.model,
    horizonDays: horizon === undefined ? lifetime.horizonDays : horizonDays(horizon),
    years: lifetime.years,
    margin: lifetime.margin,
    discount: lifetime.discount,
  };
}

/** @throws AssayError `USAGE_INVALID` where the scores would take the place of the orders. */
function outOf({ flags, folder, screen }: Invocation, input: string): string {
  const out = flags.text('out');
  if (out === undefined)
    throw usageInvalid(
      'assay score-file needs --out <file>',
      'Write for example --out scores.csv, or --out - for stdout.',
    );
  if (out === STDOUT && screen.isJson)
    throw usageInvalid('--out - and --json both want stdout', 'Name a file with --out.');
  if (out === STDOUT) return STDOUT;
  const file = resolve(folder, out);
  if (existsSync(file) && existsSync(input) && realpathSync(file) === realpathSync(input))
    throw usageInvalid('--out is the file of orders itself', 'Name another file.');
  return file;
}
