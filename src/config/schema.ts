import { z } from 'zod';
import { overrideFamilies } from '../domain/override.ts';
import { identityKeys } from '../domain/population.ts';
import { attributions, subjects } from '../domain/subject.ts';
import { defaultWrites } from '../domain/write-settings.ts';
import { languages } from '../policy/language.ts';
import { alertsSchema } from './alerts-config.ts';
import { overridesSchema } from './overrides-schema.ts';
import { reviewKeys, reviewSchema } from './review-schema.ts';
import { defaultSchedule, scheduleKeys, scheduleSchema } from './schedule-schema.ts';
import { defaultWebhooks, webhooksSchema } from './webhooks-schema.ts';
import { writeKeys, writesSchema } from './writes-schema.ts';

const connectionName = /^[a-z][a-z0-9-]{0,39}$/;

const connection = z.strictObject({
  crm: z.string().min(1, 'name a CRM, for example `hubspot`'),
  subject: z.enum(subjects).default('contact'),
  attribution: z.enum(attributions).default('split'),
  /** Of the labels and texts written to the CRM, and of explanations. */
  language: z.enum(languages).default('en'),
  /** When `assay serve` works on it by itself. */
  schedule: scheduleSchema.default(defaultSchedule),
  /** How its plans come to be written. */
  writes: writesSchema.default(defaultWrites),
  /** Mapped attributes that hold classes which people gave in the CRM. */
  overrides: overridesSchema,
  /** Opaque here: the CRM's connector has its own schema. */
  settings: z.record(z.string(), z.unknown()).default({}),
});

/** Connections whose customers are joined, and by what. */
const group = z.strictObject({
  connections: z.array(z.string()).min(2, 'name at least two connections'),
  by: z.array(z.enum(identityKeys)).min(1, 'name at least one of externalId, email, phone'),
});

/** `config/assay.yaml`. */
export const configSchema = z.strictObject({
  store: z.strictObject({ folder: z.string().min(1, 'name a folder') }).optional(),
  policy: z.string().min(1, 'name a file').optional(),
  connections: z
    .record(z.string(), connection)
    .refine((named) => Object.keys(named).length > 0, 'name at least one connection'),
  identity: z.array(group).default([]),
  alerts: alertsSchema.optional(),
  review: reviewSchema.optional(),
  webhooks: webhooksSchema.default(defaultWebhooks),
});

/** Names that no connection may have; apart from the schema, so that they hide no other problem. */
export function badConnectionNames(written: unknown): readonly string[] {
  const named = z.object({ connections: z.record(z.string(), z.unknown()) }).safeParse(written);
  if (!named.success) return [];
  return Object.keys(named.data.connections).filter((name) => !connectionName.test(name));
}

/** Every key the file knows, for guessing what a misspelt one meant. */
export const configKeys: readonly string[] = [
  ...Object.keys(configSchema.shape),
  ...Object.keys(connection.shape),
  ...Object.keys(group.shape),
  ...scheduleKeys,
  ...writeKeys,
  ...overrideFamilies,
  ...reviewKeys,
  ...Object.keys(alertsSchema.shape),
  ...Object.keys(webhooksSchema.shape),
  'folder',
];
