/** What JSON can write and no database's text can hold: U+0000, and half of a pair of UTF-16. */
const unstorable = /\\u(?:0000|d[89a-f][0-9a-f]{2})/i;

/** Whether a JSON text may hold strings that {@link storableText} changes. Sometimes right: then only time is lost. */
export function mayBeUnstorable(json: string): boolean {
  return unstorable.test(json);
}

/** The text as a database can hold it: without U+0000, and with U+FFFD for halves of pairs. */
export function storableText(text: string): string {
  return (text.includes('\u0000') ? text.replaceAll('\u0000', '') : text).toWellFormed();
}

/** JSON whose strings can be stored. @throws SyntaxError, or RangeError where it is nested without end. */
export function parseStorable(json: string): unknown {
  return mayBeUnstorable(json) ? JSON.parse(json, storableValue) : JSON.parse(json);
}

/** Of a reviver. */
export function storableValue(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? storableText(value) : value;
}
