import { backtestStyle } from './backtest-style.ts';
import { escaped, htmlTable } from './html.ts';
import type { ReportSection } from './report-section.ts';

/** Sections as one page that needs nothing but itself: no script, nothing from elsewhere. */
export function reportPage(
  title: string,
  lead: string,
  sections: readonly ReportSection[],
): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${backtestStyle}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
<p>${escaped(lead).replaceAll('\n', '<br>')}</p>
${sections.map(section).join('\n')}
</main>
</body>
</html>
`;
}

function section({ title, notes, tables }: ReportSection): string {
  const words = notes.map((note) => `<p>${escaped(note)}</p>`);
  const grids = tables.map(({ caption, rows, words: columns }) =>
    htmlTable(caption, rows, columns),
  );
  return `<section>\n<h2>${escaped(title)}</h2>\n${[...words, ...grids].join('\n')}\n</section>`;
}
