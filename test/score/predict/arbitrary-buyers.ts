import fc from 'fast-check';
import type { CustomerHistory } from '../../../src/domain/history.ts';
import { buyer } from './whole-base.ts';

const daysAgo = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 900 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 20_000 }) },
);
const minor = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 500_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(0, 1, -100, -5_000_000, 100_000_000_000_000) },
);
const attributes = fc.dictionary(
  fc.constantFrom('country', 'industry', 'size'),
  fc.constantFrom('DE', 'de ', 'FR', 'Retail', '', '__proto__', 'constructor'),
);

/** A customer with up to fifteen orders or refunds, some long ago; some have none. */
export const anyBuyer: fc.Arbitrary<CustomerHistory> = fc
  .tuple(fc.array(fc.tuple(daysAgo, minor), { maxLength: 15 }), attributes)
  .map(([purchases, known]) => buyer(purchases, { attributes: known }));

export const anyBuyers = fc.array(anyBuyer, { maxLength: 60 });
