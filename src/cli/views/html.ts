import type { Rows } from './backtest-rows.ts';

/** Text as it stands in HTML, in an attribute too. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** A table with a caption; its first `words` columns hold words, the first heads its row. */
export function htmlTable(caption: string, { head, rows }: Rows, words = 1): string {
  const heads = head.map((text) => `<th scope="col">${escaped(text)}</th>`).join('');
  const lines = rows.map((row) => {
    const cells = row.map((text, at) => cell(text, at, words)).join('');
    return `<tr>${cells}</tr>`;
  });
  return `<div class="wide"><table><caption>${escaped(caption)}</caption><thead><tr>${heads}</tr></thead><tbody>${lines.join('\n')}</tbody></table></div>`;
}

function cell(text: string, at: number, words: number): string {
  if (at === 0) return `<th scope="row">${escaped(text)}</th>`;
  return `<td${at < words ? ' class="words"' : ''}>${escaped(text)}</td>`;
}
