import { z } from 'zod';
import { defaultWrites, type WriteSettings, writeModes } from '../domain/write-settings.ts';

/** A share of the whole, or `off`. */
const share = z
  .union([z.number().gt(0).max(1), z.literal('off')], {
    error: 'must be a share from 0 to 1, for example 0.25, or `off`',
  })
  .transform((value) => (value === 'off' ? null : value));

const { brake: usual } = defaultWrites;

const brake = z.strictObject({
  tierCustomers: share.default(usual.tierCustomers),
  tierRevenue: share.default(usual.tierRevenue),
  tierSizes: z.boolean().default(usual.tierSizes),
  customersFell: share.default(usual.customersFell),
  revenueFell: share.default(usual.revenueFell),
  currencyMix: share.default(usual.currencyMix),
  dataQuality: share.default(usual.dataQuality),
  leastCustomers: z.int().min(1).max(1_000_000).default(usual.leastCustomers),
});

const written = z.strictObject({
  mode: z.enum(writeModes).default(defaultWrites.mode),
  brake: brake.default(usual),
  canary: z.int().min(0).max(10_000).default(defaultWrites.canary),
});

/** `writes:` of a connection; every key has a default. */
export const writesSchema = written.transform((from): WriteSettings => from);

/** For guessing what a misspelt key meant. */
export const writeKeys: readonly string[] = [
  ...Object.keys(written.shape),
  ...Object.keys(brake.shape),
];
