/** As JSON's reviver is called; its type library does not know the source text yet. */
interface ReviverContext {
  readonly source?: string;
}

const LONG_INTEGER = /[[:,\s]-?\d{16,}/;

/**
 * Parses JSON as a server with 64-bit integers does: whole numbers beyond a double's reach stay what
 * was written, as text. An id that a client had parsed as a double arrives without its last digits;
 * one that was sent whole arrives whole (facts §9).
 */
export function parseJson(text: string): unknown {
  return LONG_INTEGER.test(text) ? JSON.parse(text, exact) : JSON.parse(text);
}

function exact(_key: string, value: unknown, context?: ReviverContext): unknown {
  const source = context?.source ?? '';
  const isLost = typeof value === 'number' && !Number.isSafeInteger(value);
  return isLost && /^-?\d+$/.test(source) ? source : value;
}
