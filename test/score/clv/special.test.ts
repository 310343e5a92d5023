import { describe, expect, it } from 'vitest';
import { digamma } from '../../../src/score/clv/digamma.ts';
import { negativeBinomialTail } from '../../../src/score/clv/incomplete-beta.ts';
import { logGamma } from '../../../src/score/clv/log-gamma.ts';
import { digammaRising, logRising } from '../../../src/score/clv/rising.ts';
import { expectClose } from './close-to.ts';
import { gammaReferences, risingReferences } from './special-references.ts';

describe('special functions', () => {
  it.each(gammaReferences)('ln Γ and ψ at %s', (x, logarithm, derivative) => {
    expectClose(logGamma(x), logarithm, 1e-14);
    expectClose(digamma(x), derivative, 2e-14);
  });

  it.each(risingReferences)('their rise from %s by %s', (y, n, logarithm, derivative) => {
    expectClose(logRising(y, n), logarithm, 1e-13);
    expectClose(digammaRising(y, n), derivative, 1e-13);
  });

  it('a rise by a part of one', () => {
    expectClose(logRising(2.5, 0.5), logGamma(3) - logGamma(2.5), 1e-13);
    expectClose(logRising(1000, 2.5), 17.271_261_948_625_94, 1e-12);
  });

  it('the tail of a negative binomial count, against its plain sum', () => {
    const [r, q] = [0.243, 0.9];
    let [term, below] = [(1 - q) ** r, 0];
    for (let n = 0; n < 60; n += 1) {
      expectClose(negativeBinomialTail(n, r, q, 1 - q), 1 - below, 1e-11);
      below += term;
      term *= ((r + n) * q) / (n + 1);
    }
    expect(negativeBinomialTail(3, r, 0, 1)).toBe(0);
    expect(negativeBinomialTail(3, r, 1, 0)).toBe(1);
  });
});
