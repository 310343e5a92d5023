import type { ProvisionStep } from '../../policy/diff/provision-steps.ts';
import { amount, count, counted, share } from './figures.ts';
import type { SimulatedPart, SimulationDocument } from './policy-simulation-document.ts';
import { backtestSection } from './policy-simulation-tested.ts';
import type { ReportSection } from './report-section.ts';
import { tierMatrix } from './tier-moves.ts';

/** What a simulation says of one connection, for a terminal and for a page alike. */
export function simulationSections(
  part: SimulatedPart,
  { tiers }: Pick<SimulationDocument, 'tiers'>,
): readonly ReportSection[] {
  const all = [
    tierSection(part, tiers),
    largestSection(part),
    classSection(part),
    listSection(part),
    writeSection(part),
    backtestSection(part),
  ];
  return all.filter(({ notes, tables }) => notes.length + tables.length > 0);
}

function tierSection({ effect, currency }: SimulatedPart, tiers: readonly string[]): ReportSection {
  const { customers, changeTier, changeValue } = effect;
  const moving = effect.tiers.filter(({ from, to }) => from !== to);
  const rows = moving
    .toSorted((left, right) => Math.abs(right.netMinor) - Math.abs(left.netMinor))
    .map(({ from, to, customers: moved, netMinor }) => [
      ...[from, to, count(moved), amount(netMinor, currency)],
    ]);
  const of = customers === 0 ? '' : ` (${share(changeTier / customers)})`;
  const revenue = {
    caption: 'Revenue that moves, net amounts of the window',
    rows: { head: ['from', 'to', 'customers', 'net amount'], rows },
    words: 2,
  };
  return {
    title: 'Who moves',
    notes: [
      `Of ${counted(customers, 'customer')} ${count(changeTier)}${of} change tier; ${count(changeValue)} have another value score.`,
    ],
    tables: [
      {
        caption: 'Customers from (down) to (across)',
        rows: tierMatrix(effect.tiers, tiers),
        words: 1,
      },
      ...(rows.length === 0 ? [] : [revenue]),
    ],
  };
}

function largestSection({ effect: { largest }, currency }: SimulatedPart): ReportSection {
  const rows = largest.flatMap((move) => [
    [
      ...[move.customerId, `${move.from ?? 'none'} → ${move.to ?? 'none'}`],
      ...[`${shown(move.valueBefore)} → ${shown(move.valueAfter)}`, `now: ${move.reasonBefore}`],
      amount(move.netMinor, currency),
    ],
    ['', '', '', `then: ${move.reasonAfter}`, ''],
  ]);
  const head = ['customer', 'tier', 'value', 'why', 'net amount'];
  return {
    title: 'The largest moves',
    notes: [],
    tables: rows.length === 0 ? [] : [{ caption: 'By net amount', rows: { head, rows }, words: 4 }],
  };
}

function shown(value: number | null): string {
  return value === null ? '–' : String(value);
}

function classSection({ effect: { classes } }: SimulatedPart): ReportSection {
  const rows = classes.map(({ family, from, to, customers }) => [
    ...[family, from, to, count(customers)],
  ]);
  const head = ['family', 'from', 'to', 'customers'];
  return {
    title: 'Classes',
    notes: [],
    tables:
      rows.length === 0 ? [] : [{ caption: 'Who changes class', rows: { head, rows }, words: 3 }],
  };
}

function listSection({ effect: { lists } }: SimulatedPart): ReportSection {
  const rows = lists.map((list) => [
    ...[list.name, count(list.before), count(list.after)],
    ...[`+${count(list.in)}`, `−${count(list.out)}`],
  ]);
  const head = ['list', 'now', 'then', 'in', 'out'];
  return {
    title: 'Lists',
    notes: [],
    tables: rows.length === 0 ? [] : [{ caption: 'Members', rows: { head, rows }, words: 1 }],
  };
}

/** What the next run would write, and what stands before it. */
function writeSection({ plan, provision, holds, mode }: SimulatedPart): ReportSection {
  const { cost, changes, changesByField } = plan.summary;
  const rows = Object.entries(changesByField)
    .toSorted(([, left], [, right]) => right - left)
    .map(([key, customers]) => [key, count(customers)]);
  const spends =
    cost.unit === 'calls' ? '' : ` and ${counted(cost.spends, cost.unit.slice(0, -1))}`;
  const days = cost.days === null ? '' : `, at our share of the quota ${counted(cost.days, 'day')}`;
  const first =
    provision.length === 0 ? [] : [`First "assay provision": ${provisionText(provision)}.`];
  return {
    title: 'What the next run would write',
    notes: [
      `${counted(changes, 'customer')} with a field that differs from the CRM: ${counted(cost.calls, 'call')}${spends}${days}. What changed there since the last run is in it too.`,
      ...(cost.route === null ? [] : [cost.route]),
      ...first,
      ...holds.map(({ by, because }) => `The brake would hold it (${by}): ${because}`),
      ...(mode === 'auto'
        ? []
        : [`It waits for a person in any case: \`writes.mode\` is ${mode}.`]),
      ...plan.summary.warnings,
    ],
    tables:
      rows.length === 0
        ? []
        : [
            {
              caption: 'Customers by field',
              rows: { head: ['field', 'customers'], rows },
              words: 1,
            },
          ],
  };
}

const stepWords: Readonly<Record<ProvisionStep['kind'], string>> = {
  field: 'new field',
  option: 'new value of',
  label: 'other label in',
  list: 'new list',
};

function provisionText(steps: readonly ProvisionStep[]): string {
  const words = steps.map(({ kind, name, value }) =>
    value === null ? `${stepWords[kind]} ${name}` : `${stepWords[kind]} ${name}: ${value}`,
  );
  const rest = words.length - 8;
  return `${words.slice(0, 8).join('; ')}${rest > 0 ? `; ${count(rest)} more` : ''}`;
}
