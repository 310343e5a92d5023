import { z } from 'zod';
import { attributions, subjects } from '../domain/subject.ts';

const connectionName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'a name is lower-case letters, digits and dashes');

const connection = z.strictObject({
  crm: z.string().min(1, 'name a CRM, for example `hubspot`'),
  subject: z.enum(subjects).default('contact'),
  attribution: z.enum(attributions).default('split'),
  /** Opaque here: the CRM's connector has its own schema. */
  settings: z.record(z.string(), z.unknown()).default({}),
});

/** `config/assay.yaml`. */
export const configSchema = z.strictObject({
  store: z.strictObject({ folder: z.string().min(1, 'name a folder') }).optional(),
  policy: z.string().min(1, 'name a file').optional(),
  connections: z
    .record(connectionName, connection)
    .refine((named) => Object.keys(named).length > 0, 'name at least one connection'),
});

/** Every key the file knows, for guessing what a misspelt one meant. */
export const configKeys: readonly string[] = [
  ...Object.keys(configSchema.shape),
  ...Object.keys(connection.shape),
  'folder',
];
