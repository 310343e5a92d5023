import type { ReviewedClass, ReviewReport } from '../../run/review-report.ts';
import type { Drift } from '../../score/review/drift.ts';
import type { Rows } from './backtest-rows.ts';
import { amount, count, counted } from './figures.ts';
import type { ReportSection } from './report-section.ts';
import { reviewRecordSections } from './review-records.ts';
import { tierMatrix } from './tier-moves.ts';

/** A review, part by part: text and page say the same. */
export function reviewSections(report: ReviewReport): readonly ReportSection[] {
  return [
    proposals(report),
    classes(report),
    moves(report),
    drift(report),
    ...reviewRecordSections(report),
  ];
}

function proposals({ proposals: lines }: ReviewReport): ReportSection {
  const notes = lines.length === 0 ? ['Nothing stands out.'] : lines;
  return { title: 'To think about', notes, tables: [] };
}

function classes(report: ReviewReport): ReportSection {
  const families = Map.groupBy(report.classes, ({ family }) => family);
  const tables = [...families].map(([family, rows]) => ({
    caption: family === 'value_tier' ? 'Value tiers' : family,
    rows: classRows(rows, report),
    words: 1,
  }));
  return { title: 'Sizes and net revenue in the window', notes: [], tables };
}

function classRows(rows: readonly ReviewedClass[], { currency, last }: ReviewReport): Rows {
  const head = ['', 'customers', 'net'];
  const before = last === null ? [] : ['customers then', 'net then'];
  return {
    head: [...head, ...before],
    rows: rows.map(({ key, customers, netMinor, before: then }) => [
      ...[key, count(customers), amount(netMinor, currency)],
      ...(then === null
        ? []
        : [count(then.customers), amount(then.netMinor, last?.currency ?? null)]),
    ]),
  };
}

function moves({ moves: found, classes: all }: ReviewReport): ReportSection {
  const title = 'Moves between tiers since';
  if (found === null) return { title, notes: ['First review: no comparison.'], tables: [] };
  const tiers = all.filter(({ family }) => family === 'value_tier').map(({ key }) => key);
  const { rising, falling, newcomers, matrix } = found;
  const notes = [
    `${counted(rising.length, 'customer')} rose, ${count(falling.length)} fell, ${count(newcomers)} new; --json names them.`,
  ];
  const known = tiers.filter((tier) => tier !== 'none');
  const rows = tierMatrix(matrix, known);
  const caption = 'Customers from the tier at the last review (down) to that of now (across)';
  return { title, notes, tables: matrix.length === 0 ? [] : [{ caption, rows, words: 1 }] };
}

const names: Readonly<Record<Drift['of'], string>> = {
  value: 'Value score',
  recency: 'Recency, days since the last order',
  frequency: 'Frequency, orders in the window',
  monetary: 'Monetary, net in the window',
  tiers: 'Tiers',
};

function drift({ drift: found, currency }: ReviewReport): ReportSection {
  const title = 'Drift';
  if (found === null) return { title, notes: ['First review: no comparison.'], tables: [] };
  const rule =
    'PSI, population stability index, against the last review over its bins: below 0.1 steady, 0.1 to 0.25 some, from 0.25 large. A rule of thumb, no test: what is not more than twice what chance gives in bases of this size counts as steady; an empty bin counts as half a customer.';
  const summary = {
    head: ['', 'PSI', 'by chance', ''],
    rows: found.map(({ of, index, byChance, level }) => [
      ...[names[of], figure(index), figure(byChance), index === null ? 'nobody' : level],
    ]),
  };
  const bins = found.map(({ of, bins: rows }) => ({
    caption: `${names[of]}: customers`,
    rows: { head: ['', 'then', 'now'], rows: rows.map((bin) => binRow(of, bin)) },
    words: 1,
  }));
  return { title, notes: [rule], tables: [{ caption: 'PSI', rows: summary, words: 1 }, ...bins] };

  function binRow(of: Drift['of'], bin: Drift['bins'][number]): readonly string[] {
    const name = of === 'monetary' ? amountRange(bin, currency) : bin.name;
    return [name, count(bin.before), count(bin.now)];
  }
}

function figure(value: number | null): string {
  return value === null ? '–' : value.toFixed(3);
}

function amountRange({ name, from, to }: Drift['bins'][number], currency: string | null): string {
  if (from === null) return to === null ? name : `below ${amount(to, currency)}`;
  if (to === null) return `from ${amount(from, currency)}`;
  return `${amount(from, currency)} to below ${amount(to, currency)}`;
}
