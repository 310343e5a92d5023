import { effects } from '../../policy/diff/effect.ts';
import type { Rows } from './backtest-rows.ts';
import { escaped, htmlTable } from './html.ts';
import { pageFoot, pageHead } from './page-frame.ts';
import { catalogueLines, effectTitles, fromTo } from './policy-diff.ts';
import { partTitle, simulationTitle, whatNow } from './policy-simulation.ts';
import type { SimulationDocument } from './policy-simulation-document.ts';
import { simulationSections } from './policy-simulation-sections.ts';
import type { ReportSection } from './report-section.ts';

/** A simulation as one page that needs nothing but itself: no script, nothing from elsewhere. */
export function simulationPage(done: SimulationDocument): string {
  const title = simulationTitle(done);
  const parts = done.connections.map(
    (part) =>
      `<h1>${escaped(partTitle(part))}</h1>\n${simulationSections(part, done).map(section).join('\n')}`,
  );
  return `${pageHead(title)}${diffSection(done)}
${parts.join('\n')}
<section>
<h2>To publish it</h2>
<p>${escaped(whatNow(done)).replaceAll('\n', '<br>')}</p>
</section>
${pageFoot}`;
}

function diffSection({ diff }: SimulationDocument): string {
  if (diff === null || diff.changes.length === 0)
    return section({ title: 'What differs', notes: ['Nothing.'], tables: [] });
  const tables = effects.map((effect) => ({
    caption: effectTitles[effect],
    rows: changeRows(diff.changes.filter((change) => change.effect === effect)),
    words: 2,
  }));
  return section({
    title: 'What differs',
    notes: diff.catalogue === null ? [] : catalogueLines(diff.catalogue),
    tables: tables.filter(({ rows }) => rows.rows.length > 0),
  });
}

function changeRows(changes: NonNullable<SimulationDocument['diff']>['changes']): Rows {
  return {
    head: ['rule', 'from → to'],
    rows: changes.map((change) => [change.where, fromTo(change)]),
  };
}

function section({ title, notes, tables }: ReportSection): string {
  const words = notes.map((note) => `<p>${escaped(note)}</p>`);
  const grids = tables.map(({ caption, rows, words: columns }) =>
    htmlTable(caption, rows, columns),
  );
  return `<section>\n<h2>${escaped(title)}</h2>\n${[...words, ...grids].join('\n')}\n</section>`;
}
