import { z } from 'zod';
import { parseSettings } from '../../src/connector/parse-settings.ts';
import { variableName } from '../../src/connector/variable-name.ts';
import { dataCentres, environments } from './data-centres.ts';
import { settingEditions } from './editions.ts';
import { usualJobCredits as bulkRead } from './read-route.ts';
import { fields } from './settings-fields.ts';
import { usualJobCredits as bulkWrite } from './write-costs.ts';

const address = z
  .url({ protocol: /^https?$/, error: 'must be an address that begins with http' })
  .transform((url) => url.replace(/\/+$/, ''));
const share = z.number().gt(0, 'must be above 0').max(1, 'must be at most 1');
const milliseconds = z.number().int().min(0);

const schema = z.strictObject({
  /**
   * The app, and a refresh token, for example of a self client, of which the access token is made
   * (BEHAVIOR 3). Without one: what `assay connect` was given.
   */
  auth: z.strictObject({
    kind: z.literal('oauth').default('oauth'),
    clientIdEnv: variableName,
    clientSecretEnv: variableName,
    refreshTokenEnv: variableName.optional(),
  }),
  dataCentre: z.enum(dataCentres).default('us'),
  environment: z.enum(environments).default('production'),
  /** In place of the data centre's addresses: a local sandbox. */
  accountsUrl: address.optional(),
  apiUrl: address.optional(),
  contentUrl: address.optional(),
  edition: z.enum(settingEditions).default('auto'),
  /** Of the calls that the edition lets one app make at once. */
  concurrencyShare: share.default(0.6),
  /** Of the org's credits in any 24 hours. */
  creditShare: share.default(0.5),
  fields: fields.prefault({}),
  /** Customers of a deal, by subject contact: its primary contact, or everyone with a role in it. */
  dealContacts: z.enum(['primary', 'roles']).default('primary'),
  /** Begins the labels of all fields that are ours. */
  fieldPrefix: z
    .string()
    .regex(/^[\p{L}][\p{L}\d ]{0,11}$/u, 'must be at most 12 letters, digits and spaces')
    .default('Assay '),
  /** What stands for a list: our fields and a view made by hand, tags, or members of campaigns. */
  lists: z.enum(['fields', 'tags', 'campaigns']).default('fields'),
  lookbackMs: milliseconds.max(86_400_000).default(300_000),
  reconcileDays: z.number().gt(0).max(90).default(7),
  /** `per-home`: units of the currency for one of home; `per-unit`: the other way (BEHAVIOR 16). */
  exchangeRates: z.enum(['per-home', 'per-unit', 'auto']).default('auto'),
  /** Rows of a COQL page: the limitations page says 2,000, the specification 200 (facts §4.2). */
  coqlRows: z.number().int().min(1).max(2_000).default(2_000),
  /** Whether the bulk APIs may be used where they are cheaper. */
  bulkRead: z.boolean().default(true),
  bulkWrite: z.boolean().default(true),
  /** For making one job: what others say (facts §1), until an admin has looked. */
  bulkReadCredits: z.number().int().min(1).default(bulkRead),
  bulkWriteCredits: z.number().int().min(1).default(bulkWrite),
  /** Of one mass update of 500: unknown (facts §14), so as much as PUT, until an admin has looked. */
  massUpdateCredits: z.number().int().min(1).default(50),
  /** Between two looks at a bulk job, and how long one may take in all. */
  bulkPollMs: z.number().int().min(10).max(600_000).default(5_000),
  bulkTimeoutMs: z.number().int().min(1_000).default(3_600_000),
  timeoutMs: z.number().int().min(100).default(60_000),
  /** In place of the org's home currency. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code, for example EUR')
    .optional(),
});

/** A connection's settings with every default filled in but those that depend on the subject. */
export type ZohoSettings = z.output<typeof schema>;

/** @throws AssayError `SETTINGS_INVALID` (refuse to start), every problem at once. */
export function parseZohoSettings(settings: unknown): ZohoSettings {
  return parseSettings<ZohoSettings>(schema, settings, 'zoho');
}

/** Names of the environment variables the settings point to. */
export function secretNames({ auth }: ZohoSettings): readonly string[] {
  const { clientIdEnv, clientSecretEnv, refreshTokenEnv } = auth;
  return [
    clientIdEnv,
    clientSecretEnv,
    ...(refreshTokenEnv === undefined ? [] : [refreshTokenEnv]),
  ];
}
