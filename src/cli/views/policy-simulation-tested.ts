import type { BacktestDocument } from './backtest-document.ts';
import { liftRows, type Rows, shown } from './backtest-rows.ts';
import { count } from './figures.ts';
import type { SimulatedPart } from './policy-simulation-document.ts';
import type { ReportSection } from './report-section.ts';
import { units } from './units.ts';
import { percent } from './verdict-text.ts';

type Both = NonNullable<SimulatedPart['backtest']>;

/** Both policies on the same past day, held against the same future. */
export function backtestSection({ backtest, backtestLeftOut }: SimulatedPart): ReportSection {
  const title = 'Which tells more of the future';
  if (backtest === null)
    return {
      title,
      notes: backtestLeftOut === null ? [] : [`No back-test: ${backtestLeftOut}.`],
      tables: [],
    };
  const { after } = backtest;
  return {
    title,
    notes: [
      `Both as of ${after.asOf}, with what was known then, against what ${count(after.customers)} customers did in the ${count(after.horizonDays)} days after it. Refunds are not taken off what is spent next.`,
      ...differing(backtest),
    ],
    tables: [
      { caption: 'Figures', rows: figureRows(backtest), words: 1 },
      { caption: 'By value tier', rows: tierRows(backtest), words: 1 },
    ],
  };
}

function figureRows({ before, after }: Both): Rows {
  const lifts = liftRows(before).rows.map(([label = '', top10 = '', top20 = ''], at) => {
    const [, then10 = '', then20 = ''] = liftRows(after).rows[at] ?? [];
    return [
      [`${label}: next spend of the best 10 %`, top10, then10],
      [`${label}: next spend of the best 20 %`, top20, then20],
    ];
  });
  const three = (value: number | null) => shown(value, (one) => one.toFixed(3));
  const own = ['Value score', 'CLV', 'Expected spend'];
  return {
    head: ['', 'now', 'draft'],
    rows: [
      ...lifts.flat().filter(([label = '']) => own.some((name) => label.startsWith(name))),
      ['P(buys): AUC', three(before.chance.buys.auc), three(after.chance.buys.auc)],
      [
        'P(buys): Brier, less is better',
        three(before.chance.buys.brier),
        three(after.chance.buys.brier),
      ],
      ['Claims that beat their baseline', beaten(before), beaten(after)],
    ],
  };
}

function beaten({ verdicts }: BacktestDocument): string {
  const better = verdicts.filter(({ outcome }) => outcome === 'better').length;
  return `${better} of ${verdicts.length}`;
}

/** Claims of which the two differ in whether they hold. */
function differing({ before, after }: Both): readonly string[] {
  const was = new Map(before.verdicts.map((verdict) => [claimOf(verdict), verdict.outcome]));
  return after.verdicts.flatMap((verdict) => {
    const old = was.get(claimOf(verdict));
    if (old === undefined || old === verdict.outcome) return [];
    return [`${claimOf(verdict)}: ${old} now, ${verdict.outcome} by the draft.`];
  });
}

function claimOf({ subject, baseline, measure }: BacktestDocument['verdicts'][number]): string {
  return `${subject} against ${baseline}, ${measure}`;
}

function tierRows({ before, after }: Both): Rows {
  const keys = [...new Set([...after.tiers, ...before.tiers].map(({ key }) => key))];
  const cells = ({ tiers, currency }: BacktestDocument, key: string): readonly string[] => {
    const group = tiers.find((one) => one.key === key);
    if (group === undefined) return ['–', '–', '–'];
    const mean = shown(group.meanSpend, (value) => units(value, currency));
    return [count(group.customers), shown(group.shareOfSpend, percent), mean];
  };
  return {
    head: ['tier', 'now', 'of next spend', 'mean', 'draft', 'of next spend', 'mean'],
    rows: keys.map((key) => [key, ...cells(before, key), ...cells(after, key)]),
  };
}
