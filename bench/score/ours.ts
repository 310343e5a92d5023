import { fileURLToPath } from 'node:url';
import { readOrdersFile } from '../../src/cli/orders-file.ts';
import { loadPolicy } from '../../src/config/load-policy.ts';
import { dayText } from '../../src/domain/day.ts';
import { BaseColumns } from '../../src/score/base-columns.ts';
import { fit as fitCustomers } from '../../src/score/clv/fit.ts';
import { customerColumns } from '../../src/score/columns/customer-columns.ts';
import { predictionColumns } from '../../src/score/columns/prediction-columns.ts';
import { scoreColumns } from '../../src/score/columns/score-columns.ts';
import { meanAmount, weeklyHistories } from '../../src/score/columns/score-orders.ts';
import { findCutPoints } from '../../src/score/cut-points.ts';
import { firstDayOfWindow } from '../../src/score/signals.ts';
import { LAST_DAY } from './generate-orders.ts';
import { oneCustomerUs, sampleHistory } from './one-customer.ts';
import { Stopwatch } from './stopwatch.ts';

// What `assay score-file` does, in a process of its own, stage by stage. The file is the argument.
const [file = ''] = process.argv.slice(2);
const policyFile = fileURLToPath(new URL('../../config/policy.yaml', import.meta.url));
const policy = loadPolicy(policyFile, '/');
const asOf = LAST_DAY;
const windowFrom = firstDayOfWindow(asOf, policy.windowMonths);
const { signal } = new AbortController();

const watch = new Stopwatch();
const rules = { asOf, windowFrom, ...policy.purchase };
const { orders, minorDigits, leftOut } = await readOrdersFile(file, rules, signal);
watch.lap('load');
const customers = customerColumns(orders, policy, asOf);
watch.lap('aggregate');
const scores = scoreColumns(customers, policy, asOf, minorDigits);
watch.lap('quintiles');
const scoredRssMb = process.resourceUsage().maxRSS / 1024;

const { history } = weeklyHistories(orders, asOf, minorDigits);
watch.lap('histories');
const { model, horizonDays, ...terms } = policy.lifetime;
// Without amounts there is no spend to fit: orders and leaving alone.
const fitted = fitCustomers({
  model,
  unit: 'week',
  ...history,
  spend: new Float64Array(history.x.length),
});
watch.lap('fit');
const withSpend = fitCustomers({ model, unit: 'week', ...history });
watch.lap('fitWithSpend');
const horizon = horizonDays / 7;
const outlook = { horizon, terms, meanAmount: meanAmount(orders) / 10 ** minorDigits };
const predictions = predictionColumns(withSpend, history, outlook);
watch.lap('predict');

const checked = leftOut.length === 0 && predictions.lifetimeValue.every(Number.isFinite);
if (!checked)
  throw new Error(`something was left out, or is no number: ${JSON.stringify(leftOut)}`);
const coverage = {
  referrals: false,
  events: false,
  dues: false,
  feedback: false,
  discounts: false,
  products: false,
  birthdays: false,
};
const nobody = new BaseColumns({ policy, homeCurrency: '', coverage });
const cuts = { ...findCutPoints(nobody, dayText(asOf)), ...scores.cuts };
const frame = { policy, cuts, fitted: withSpend, horizon, terms };
process.stdout.write(
  `${JSON.stringify({
    customers: customers.size,
    named: customers.idOf(customers.size - 1),
    params: fitted.params,
    scoredRssMb,
    peakRssMb: process.resourceUsage().maxRSS / 1024,
    oneCustomerUs: oneCustomerUs(sampleHistory(asOf), asOf, frame),
    seconds: watch.read(),
  })}\n`,
);
