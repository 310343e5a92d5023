/** A table as CSV text, its first line the header. */
export function csvText(lines: Iterable<readonly string[]>, separator = ','): string {
  const texts: string[] = [];
  for (const cells of lines)
    texts.push(cells.map((cell) => quoted(cell, separator)).join(separator));
  return `${texts.join('\n')}\n`;
}

function quoted(cell: string, separator: string): string {
  const isPlain = !/["\r\n]/.test(cell) && !cell.includes(separator);
  return isPlain ? cell : `"${cell.replaceAll('"', '""')}"`;
}

/** Cells of every line; empty lines are passed over. Undone quotes end with the text. */
export function parseCsv(text: string, separator: string): readonly (readonly string[])[] {
  const lines: string[][] = [];
  let cells: string[] = [];
  for (const { cell, end } of cellsOf(text.replace(/^\uFEFF/, ''), separator)) {
    cells.push(cell);
    if (end === 'cell') continue;
    if (cells.length > 1 || cell !== '') lines.push(cells);
    cells = [];
  }
  return lines;
}

interface Cell {
  readonly cell: string;
  /** What ended it. */
  readonly end: 'cell' | 'line';
}

function* cellsOf(text: string, separator: string): Generator<Cell> {
  let at = 0;
  while (at < text.length) {
    const { cell, next } = text[at] === '"' ? quotedCell(text, at) : plainCell(text, at, separator);
    const isCellEnd = text[next] === separator;
    yield { cell, end: isCellEnd ? 'cell' : 'line' };
    at = isCellEnd ? next + 1 : afterLine(text, next);
    if (isCellEnd && at === text.length) yield { cell: '', end: 'line' };
  }
}

function plainCell(text: string, from: number, separator: string) {
  let next = from;
  while (next < text.length && text[next] !== separator && !isLineEnd(text[next])) next += 1;
  return { cell: text.slice(from, next), next };
}

function quotedCell(text: string, from: number) {
  let close = text.indexOf('"', from + 1);
  while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
  const end = close < 0 ? text.length : close;
  return { cell: text.slice(from + 1, end).replaceAll('""', '"'), next: end + 1 };
}

function afterLine(text: string, end: number): number {
  return text[end] === '\r' && text[end + 1] === '\n' ? end + 2 : end + 1;
}

function isLineEnd(character: string | undefined): boolean {
  return character === '\n' || character === '\r';
}

const separators = [',', ';', ':', '|'] as const;

/** The separator of a file, told by its header: the one that occurs most (facts §5.4). */
export function separatorOf(text: string): string {
  const [header = ''] = text.split(/[\r\n]/, 1);
  const bare = header.replaceAll(/"[^"]*"/g, '');
  const counts = separators.map((mark) => ({ mark, count: bare.split(mark).length - 1 }));
  return counts.reduce((best, each) => (each.count > best.count ? each : best)).mark;
}
