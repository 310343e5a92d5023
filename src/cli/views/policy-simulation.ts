import type { Rows } from './backtest-rows.ts';
import { counted } from './figures.ts';
import { renderDiff } from './policy-diff.ts';
import type { SimulatedPart, SimulationDocument } from './policy-simulation-document.ts';
import { simulationSections } from './policy-simulation-sections.ts';
import type { ReportSection } from './report-section.ts';
import { type Align, indent, table } from './table.ts';

/** A simulation for a person: what differs, who moves, what would be written, and what to do next. */
export function renderSimulation(done: SimulationDocument, out: string | null): string {
  const parts = done.connections.map((part) =>
    [partTitle(part), ...simulationSections(part, done).map(renderSection)].join('\n\n'),
  );
  return [
    simulationTitle(done),
    done.diff === null ? '' : renderDiff(done.diff.from, done.diff.to, done.diff),
    ...parts,
    ...(out === null ? [] : [`Written to ${out}`]),
    whatNow(done),
  ]
    .filter((text) => text !== '')
    .join('\n\n');
}

export function simulationTitle({ draft, inForce }: SimulationDocument): string {
  const against = inForce === null ? '' : `, against ${inForce.name}`;
  return `${draft.name} (version ${draft.version}) on the present base${against}`;
}

export function partTitle({ connection, asOf, effect, cutPoints }: SimulatedPart): string {
  const cuts = cutPoints.isNew ? 'new cut points' : 'the cut points that are there';
  return `${connection}, as of ${asOf}: ${counted(effect.customers, 'customer')}, by ${cuts} (${cutPoints.reason})`;
}

export function whatNow({ draft, approve }: SimulationDocument): string {
  return `Nothing was published, written or stored. To publish exactly this:
  assay policy publish ${draft.name} --why "…" --approve ${approve}`;
}

/** A section as text. */
export function renderSection({ title, notes, tables }: ReportSection): string {
  const parts = [
    notes.join('\n'),
    ...tables.map(({ caption, rows, words }) => `${caption}\n${indent(grid(rows, words))}`),
  ].filter((part) => part !== '');
  return `${title}\n${indent(parts.join('\n\n'))}`;
}

function grid({ head, rows }: Rows, words: number): string {
  const aligns = head.map((_, at): Align => (at < words ? 'left' : 'right'));
  return table([head, ...rows], aligns);
}
