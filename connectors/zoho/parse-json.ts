import { mayBeUnstorable, storableValue } from '../../src/connector/http/storable-text.ts';

/** An integer outside a string that a number may not hold. Rarely right: then only time is lost. */
const longInteger = /[:[,\s]-?\d{16,}/;

/**
 * JSON in which an integer beyond 2^53 becomes text, never a rounded number: an id that an answer
 * gives as a number would otherwise be another record's (facts §13, gotcha 22). Its strings can be stored.
 */
export function parseJson(text: string): unknown {
  const isPlain = !longInteger.test(text) && !mayBeUnstorable(text);
  return isPlain ? JSON.parse(text) : JSON.parse(text, exactInteger);
}

function exactInteger(key: string, value: unknown, context?: { readonly source?: string }) {
  if (typeof value === 'string') return storableValue(key, value);
  if (typeof value !== 'number' || !Number.isInteger(value) || Number.isSafeInteger(value))
    return value;
  const source = context?.source;
  if (source === undefined)
    throw new SyntaxError('This Node does not show how a number was written');
  return /^-?\d+$/.test(source) ? source : value;
}
