import { createCipheriv, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSealedBy, parseSealKey, seal, unseal } from '../../src/lib/seal.ts';
import { Secret } from '../../src/lib/secret.ts';

const bytes = randomBytes(32);
const key = parseSealKey(new Secret(bytes.toString('base64')));

describe('a sealed text', () => {
  it('opens to what was sealed, with the key in any of its forms', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const sealed = seal(new Secret(text), key);
        for (const form of ['base64', 'base64url', 'hex'] as const) {
          expect(unseal(sealed, [parseSealKey(new Secret(bytes.toString(form)))]).reveal()).toBe(
            text,
          );
        }
      }),
    );
  });

  it('neither shows the text nor repeats itself', () => {
    const [a, b] = [1, 2].map(() => seal(new Secret('token'), key).reveal());
    expect(a).toMatch(/^assay2\.[0-9a-f]{8}\.[\w-]+$/);
    expect(a).not.toBe(b);
  });

  it('does not open with another key, nor when a single character changed', () => {
    const sealed = seal(new Secret('token'), key);
    const other = parseSealKey(new Secret(randomBytes(32).toString('hex')));
    expect(() => unseal(sealed, [other])).toThrow(expect.objectContaining({ code: 'SEAL_BROKEN' }));
    const text = sealed.reveal();
    for (let at = 0; at < text.length - 1; at += 1) {
      const altered = `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
      expect(() => unseal(new Secret(altered), [key]), `at ${at}`).toThrow();
    }
  });

  it('opens while keys are changed, with the one that sealed it, and says which that was', () => {
    const next = parseSealKey(new Secret(randomBytes(32).toString('hex')));
    const sealed = seal(new Secret('token'), key);
    expect(unseal(sealed, [next, key]).reveal()).toBe('token');
    expect(unseal(seal(new Secret('token'), next), [next, key]).reveal()).toBe('token');
    expect([isSealedBy(sealed, key), isSealedBy(sealed, next)]).toEqual([true, false]);
    expect(next.id).not.toBe(key.id);
  });

  it('of before keys had ids opens still, whichever key it was', () => {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key.key, nonce).setAAD(Buffer.from('assay1'));
    const body = Buffer.concat([cipher.update('token'), cipher.final()]);
    const parts = Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
    const other = parseSealKey(new Secret(randomBytes(32).toString('hex')));
    expect(unseal(new Secret(`assay1.${parts}`), [other, key]).reveal()).toBe('token');
    expect(isSealedBy(new Secret(`assay1.${parts}`), key)).toBe(false);
  });

  it('needs a key of 32 bytes', () => {
    for (const wrong of ['', 'short', 'not base64 at all!', randomBytes(16).toString('hex')]) {
      const make = () => parseSealKey(new Secret(wrong));
      expect(make).toThrow(expect.objectContaining({ code: 'KEY_INVALID' }));
    }
  });
});
