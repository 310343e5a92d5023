import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseStorable, storableText } from '../../../src/connector/http/storable-text.ts';

it('what no database holds is left out, all else is as it was', () => {
  const json = '{"a":"x\\u0000y","b":["\\ud83d\\ude00","\\ud83d"],"c":"\\\\u0000","d":7}';
  expect(parseStorable(json)).toEqual({ a: 'xy', b: ['😀', '\ufffd'], c: '\\u0000', d: 7 });
});

it('any JSON without such text is read as JSON.parse reads it', () => {
  fc.assert(
    fc.property(fc.json({ stringUnit: 'grapheme' }), (json) => {
      const read: unknown = JSON.parse(json);
      const isStorable = !JSON.stringify(read).includes('\\u0000');
      if (isStorable) expect(parseStorable(json)).toEqual(read);
    }),
  );
});

it('any text can be stored afterwards', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const stored = storableText(`\ud800${text}\u0000`);
      expect(stored.isWellFormed() && !stored.includes('\u0000')).toBe(true);
    }),
  );
});
