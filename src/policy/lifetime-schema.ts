import { z } from 'zod';
import { attributeSchema } from './attribute-schema.ts';
import { unique } from './unique.ts';

const share = z.number().min(0).max(1);

/** Expected orders, the chance that a customer buys, and what that is worth. */
export const lifetimeSchema = z
  .strictObject({
    model: z.enum(['bgnbd', 'mbgnbd']),
    /** Within so many days: the chance to buy, and expected orders and spend. */
    horizonDays: z.int().min(1).max(3_650),
    /** Years of 365.25 days that lifetime value looks ahead. */
    years: z.number().gt(0).max(20),
    /** What stays of an amount, 0–1. */
    margin: share.gt(0),
    /** A year, 0–1. */
    discount: share,
    /** Chance to buy below which the risk of losing the customer is high. */
    churnRiskBelow: share,
    /** Chance to buy from which the risk is low; between the two it is medium. */
    lowRiskFrom: share,
  })
  .refine(({ churnRiskBelow, lowRiskFrom }) => churnRiskBelow <= lowRiskFrom, {
    path: ['lowRiskFrom'],
    message: 'must not be below `churnRiskBelow`: the classes would overlap',
  });

/** Who without an order looks like the best customers. */
export const prospectsSchema = z.strictObject({
  attributes: z.array(attributeSchema).superRefine(unique(null, (name) => name)),
  minimumBase: z.int().min(1).max(1_000_000),
  /** An attribute's value counts as if so many average customers had it as well. */
  shrinkage: z.number().min(0).max(1_000_000),
  /** The best customers that prospects are compared with, as a share of the base. */
  topShare: share.gt(0).lt(1),
});
