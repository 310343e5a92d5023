/** One record of a CSV text: its fields, and the line it begins in (the first is 1). */
export type CsvRecord = { readonly line: number; readonly fields: readonly string[] };

/**
 * The records of a CSV text that comes in pieces (RFC 4180; lines may end in LF too, empty ones are
 * passed over). One array a piece, so that a large file costs no wait for each record.
 * @throws UnclosedQuote at the end of a text that opens a quote and never closes it.
 */
export async function* csvRecords(
  pieces: AsyncIterable<string>,
): AsyncGenerator<readonly CsvRecord[]> {
  let open = { text: '', line: 1 };
  let isFirst = true;
  for await (const piece of pieces) {
    const text = isFirst ? piece.replace(/^\uFEFF/, '') : piece;
    isFirst = false;
    const { records, rest } = cut(open.text + text, open.line, false);
    open = rest;
    if (records.length > 0) yield records;
  }
  const { records } = cut(open.text, open.line, true);
  if (records.length > 0) yield records;
}

/** A quote that nothing closes would swallow the rest of the text. */
export class UnclosedQuote extends Error {
  override readonly name = 'UnclosedQuote';
  constructor(line: number) {
    super(`the record that begins in line ${line} opens a quote and never closes it`);
  }
}

/** Cuts whole records off; at the end what is left is one too. */
function cut(text: string, firstLine: number, isEnd: boolean) {
  const records: CsvRecord[] = [];
  let [from, line, quote] = [0, firstLine, text.indexOf('"')];
  while (from < text.length) {
    // Looked for once past the last one, not anew in each record: most texts have none.
    if (quote !== NONE && quote < from) quote = text.indexOf('"', from);
    const end = recordEnd(text, from, quote);
    if (isEnd && end === UNCLOSED) throw new UnclosedQuote(line);
    if (end < 0 && !isEnd) break;
    const until = end < 0 ? text.length : end;
    const record = text.slice(from, text[until - 1] === '\r' ? until - 1 : until);
    if (record !== '') records.push({ line, fields: fieldsOf(record) });
    line += lineEnds(record) + 1;
    from = until + 1;
  }
  return { records, rest: { text: text.slice(from), line } };
}

const NONE = -1;
const UNCLOSED = -2;

/**
 * The line end after the record, not one between quotes. A quote opens at a field's start only;
 * `firstQuote` is the first one from `from` on.
 */
function recordEnd(text: string, from: number, firstQuote: number): number {
  let end = text.indexOf('\n', from);
  let quote = firstQuote;
  while (quote !== NONE && (end === NONE || quote < end)) {
    let after = quote + 1;
    if (quote === from || text[quote - 1] === ',') {
      const closing = closingQuote(text, after);
      if (closing === NONE) return UNCLOSED;
      after = closing + 1;
      if (closing > end) end = text.indexOf('\n', after);
    }
    quote = text.indexOf('"', after);
  }
  return end;
}

/** Two quotes are one in the text between quotes. */
function closingQuote(text: string, from: number): number {
  let closing = text.indexOf('"', from);
  while (closing !== NONE && text[closing + 1] === '"') closing = text.indexOf('"', closing + 2);
  return closing;
}

function lineEnds(record: string): number {
  return record.includes('\n') ? record.split('\n').length - 1 : 0;
}

function fieldsOf(record: string): readonly string[] {
  if (!record.includes('"')) return record.split(',');
  const quoted = /("(?:[^"]|"")*"[^,]*|[^,]*)(?:,|$)/gy;
  const fields: string[] = [];
  let end = 0;
  for (const match of record.matchAll(quoted)) {
    if (match.index === record.length && end === record.length && !record.endsWith(',')) break;
    end = match.index + match[0].length;
    fields.push(unquoted(match[1] ?? ''));
  }
  return fields;
}

function unquoted(field: string): string {
  return /^"(?:[^"]|"")*"$/.test(field) ? field.slice(1, -1).replaceAll('""', '"') : field;
}
