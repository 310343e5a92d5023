import { escaped, htmlTable } from './html.ts';
import { pageFoot, pageHead } from './page-frame.ts';
import type { ReportSection } from './report-section.ts';

/** Sections as one page that needs nothing but itself: no script, nothing from elsewhere. */
export function reportPage(
  title: string,
  lead: string,
  sections: readonly ReportSection[],
): string {
  return `${pageHead(title)}<p>${escaped(lead).replaceAll('\n', '<br>')}</p>
${sections.map(section).join('\n')}
${pageFoot}`;
}

function section({ title, notes, tables }: ReportSection): string {
  const words = notes.map((note) => `<p>${escaped(note)}</p>`);
  const grids = tables.map(({ caption, rows, words: columns }) =>
    htmlTable(caption, rows, columns),
  );
  return `<section>\n<h2>${escaped(title)}</h2>\n${[...words, ...grids].join('\n')}\n</section>`;
}
