import type { GroupOutcome } from '../../score/backtest/groups.ts';
import { type RankerKey, rankerKeys } from '../../score/backtest/rankers.ts';
import { figure, headline } from './backtest.ts';
import type { BacktestDocument } from './backtest-document.ts';
import {
  calibrationRows,
  chanceRows,
  errorRows,
  groupRows,
  liftRows,
  marks,
  moveMatrix,
  moveRows,
  rankerLabels,
  shown,
  verdictRows,
} from './backtest-rows.ts';
import { count } from './figures.ts';
import { escaped, htmlTable } from './html.ts';
import { pageFoot, pageHead } from './page-frame.ts';
import { barChart, dotChart, lineChart } from './svg.ts';
import { units } from './units.ts';
import { percent } from './verdict-text.ts';

/** The report as one page that needs nothing but itself: no script, nothing from elsewhere. */
export function backtestPage(done: BacktestDocument): string {
  const title = `Backtest of ${done.name} as of ${done.asOf}`;
  return `${pageHead(title)}<p>${escaped(headline(done).split('\n').slice(-1).join(''))}. ${escaped(within(done))}</p>
${[verdicts, lift, tiers, loyalty, segments, chance, orders, spend, moves, method].map((part) => part(done)).join('\n')}
${pageFoot}`;
}

function within({ customers, asOf, until, horizonDays, policy }: BacktestDocument): string {
  return `${count(customers)} customers were scored by ${policy.file} with what was known on ${asOf}; "next" is the ${horizonDays} days to ${until}.`;
}

function section(title: string, ...body: readonly string[]): string {
  return `<section>\n<h2>${escaped(title)}</h2>\n${body.join('\n')}\n</section>`;
}

function verdicts(done: BacktestDocument): string {
  const lines = done.verdicts.map(
    ({ outcome, text }) =>
      `<li class="${outcome}"><span class="mark" aria-label="${marks[outcome].word}">${marks[outcome].mark}</span>${escaped(text)}</li>`,
  );
  const warnings = done.warnings.map((text) => `<li>${escaped(text)}</li>`).join('\n');
  return section(
    'Verdicts',
    '<p class="soft">✓ beats the baseline, · no difference that these data can show, ✗ is worse, ? cannot be measured. Each interval is one of 95 %: of so many, one or two may be off by chance.</p>',
    `<ul class="verdicts">${lines.join('\n')}</ul>`,
    `<details><summary>The same as a table</summary>${htmlTable('Each claim against its baseline', verdictRows(done.verdicts, done.currency), 4)}</details>`,
    warnings === '' ? '' : `<h3>To bear in mind</h3><ul>${warnings}</ul>`,
  );
}

const drawn: readonly RankerKey[] = ['clv', 'value_score', 'past_spend', 'perfect', 'recency'];

function lift(done: BacktestDocument): string {
  const lines = drawn.flatMap((key) => {
    const { curve = [] } = done.lift[rankerKeys.indexOf(key)] ?? {};
    const points = curve.flatMap((held, at): readonly (readonly [number, number])[] =>
      held === null ? [] : [[at / (curve.length - 1), held]],
    );
    return [{ label: rankerLabels[key], points }];
  });
  const picture = lineChart(
    {
      title: 'Share of the next spend held by the best customers',
      says: 'The higher a curve, the better its order of customers. The figures stand in the table.',
    },
    { across: 'best customers', up: 'of the next spend' },
    lines,
  );
  return section(
    'Who spends next',
    picture,
    htmlTable('Share of the next spend held by the best', liftRows(done)),
  );
}

function groupBars(title: string, groups: readonly GroupOutcome[], currency: string | null) {
  const bars = groups.map(({ label, meanSpend }) => ({
    label,
    value: meanSpend ?? 0,
    text: shown(meanSpend, (value) => units(value, currency)),
  }));
  return barChart({ title, says: 'The figures stand in the table.' }, bars);
}

function tiers({ tiers: groups, currency }: BacktestDocument): string {
  return section(
    'By value tier',
    groupBars('Mean next spend of a customer, by value tier', groups, currency),
    htmlTable('What the customers of each tier did next', groupRows(groups, currency)),
  );
}

function loyalty({ loyalty: groups, currency }: BacktestDocument): string {
  return section(
    'By loyalty',
    groupBars('Mean next spend of a customer, by loyalty score', groups, currency),
    htmlTable('Fifths by loyalty score; equal scores stay together', groupRows(groups, currency)),
  );
}

function segments({ segments: groups, currency }: BacktestDocument): string {
  return section(
    'By segment',
    groupBars('Mean next spend of a customer, by segment', groups, currency),
    htmlTable('What the customers of each segment did next', groupRows(groups, currency)),
  );
}

function chance(done: BacktestDocument): string {
  const dots = done.chance.deciles.map(({ predicted, actual, low, high, customers }) => ({
    ...{ x: predicted, y: actual, low, high },
    label: `said ${percent(predicted)}, came ${percent(actual)} of ${count(customers)}`,
  }));
  return section(
    'Will the customer order',
    dotChart(
      {
        title: 'Chance to order: said, and what came',
        says: 'Dots on the dashed line are right; the lines through them are 95 % intervals.',
      },
      { across: 'said', up: 'ordered' },
      dots,
    ),
    htmlTable(
      'Tenths of the customers by P(buys); equal chances stay together',
      calibrationRows(done),
    ),
    htmlTable('How well each tells who orders', chanceRows(done)),
    `<p class="soft">AUC: of one who orders and one who does not, how often the score puts the first higher; 0.5 is a coin. Brier: mean squared error of the chance, less is better.${done.fit.model === 'bgnbd' ? ' BG/NBD’s P(alive) is 1 for everybody who ordered once, so it is no churn score and not used as one.' : ''}</p>`,
  );
}

function orders(done: BacktestDocument): string {
  return section(
    'Expected orders',
    htmlTable('Next orders, forecast and actual', errorRows(done.orders, figure)),
  );
}

function spend(done: BacktestDocument): string {
  const text = (value: number): string => units(value, done.currency);
  return section(
    'Expected spend',
    htmlTable('Next spend, forecast and actual', errorRows(done.spend, text)),
  );
}

function moves(done: BacktestDocument): string {
  return section(
    'Moves between tiers',
    '<p class="soft">Tiers on both days by the cut points of the first, not held still by grace or hysteresis. Net amounts are those of the policy’s window that ends on each day.</p>',
    htmlTable(
      `Customers by tier on ${done.asOf} (down) and on ${done.until} (across)`,
      moveMatrix(done),
    ),
    htmlTable('The same with their net amounts', moveRows(done), 2),
  );
}

function method(done: BacktestDocument): string {
  const { fit, resampling, newcomers, firstOrder, lastOrder } = done;
  return section(
    'How it was done',
    `<ul>
<li>The orders run from ${firstOrder} to ${lastOrder}. Scores, cut points and the model (${fit.model === 'bgnbd' ? 'BG/NBD' : 'MBG/NBD'} with Gamma-Gamma) saw only those up to ${done.asOf}.</li>
<li>Orders of one day are one. Next spend is what was ordered; refunds are not taken off. ${count(newcomers.customers)} customers ordered for the first time after the day: not scored, in no figure.</li>
<li>"Same as last period": repeat orders of the ${done.horizonDays} days before. "Own rate": repeat orders since the first, carried on. "Recency alone": the mean of who ordered about as lately, taken from what came; it knows more than one could on the day, so what beats it is good.</li>
<li>Intervals: the middle 95 % of ${resampling.resamples} resamples of the customers (bootstrap, seed ${resampling.seed}).</li>
</ul>`,
  );
}
