import { z } from 'zod';
import { batchOf } from './batch-rules.ts';
import { recordId } from './record-bodies.ts';

/** Inputs of one association batch (README 15); that of archive is unknown (README C7). */
const READ_LIMIT = 1_000;
const WRITE_LIMIT = 2_000;

const reference = z.object({ id: recordId });
const spec = z.object({
  associationCategory: z.string().optional(),
  associationTypeId: z.coerce.number().int(),
});

export const associationSpecs = z.array(spec).min(1);
const pair = z.object({ from: reference, to: reference });

export const readBatch = z.object({
  inputs: batchOf(reference.extend({ after: z.coerce.number().int().optional() }), READ_LIMIT),
});

export const defaultBatch = z.object({ inputs: batchOf(pair, WRITE_LIMIT) });

export const labelledBatch = z.object({
  inputs: batchOf(pair.extend({ types: associationSpecs }), WRITE_LIMIT),
});

/** Archive names several targets at once. */
export const archiveBatch = z.object({
  inputs: batchOf(z.object({ from: reference, to: z.array(reference) }), WRITE_LIMIT),
});

export const newLabel = z.object({
  name: z.string().min(1),
  label: z.string().min(1),
  inverseLabel: z.string().optional(),
});

export const changedLabel = z.object({
  associationTypeId: z.coerce.number().int(),
  label: z.string().min(1),
  inverseLabel: z.string().optional(),
});
