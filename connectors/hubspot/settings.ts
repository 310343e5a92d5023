import { z } from 'zod';
import { mappedAttributes } from '../../src/connector/mapped-attributes.ts';
import { parseSettings } from '../../src/connector/parse-settings.ts';
import { variableName } from '../../src/connector/variable-name.ts';

/** What an account pays for, as far as it decides how often an app may call (BEHAVIOR 6). */
const plans = [
  'auto',
  'free',
  'starter',
  'professional',
  'enterprise',
  'oauth-marketplace',
] as const;
export type Plan = (typeof plans)[number];

const property = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,99}$/, 'must be the internal name of a HubSpot property');
/** `null` switches an input off. A property that the portal does not have reads as empty. */
const mapped = (name: string) => property.nullable().default(name);

const auth = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('token'), tokenEnv: variableName }),
  z.strictObject({
    kind: z.literal('oauth'),
    clientIdEnv: variableName,
    clientSecretEnv: variableName,
    /** Default: what `assay connect` was given. */
    refreshTokenEnv: variableName.optional(),
  }),
]);
type AuthSettings = z.output<typeof auth>;
export type OAuthSettings = Extract<AuthSettings, { kind: 'oauth' }>;

const fields = z.strictObject({
  externalId: mapped('external_id'),
  birthday: mapped('birthday'),
  referredBy: mapped('referred_by'),
  eventsInvited: mapped('events_invited'),
  eventsAttended: mapped('events_attended'),
  country: mapped('country'),
  phone: mapped('phone'),
  feedback: mapped('feedback_count'),
  /** A property that says yes: the customer is left out of scoring. */
  optOut: property.nullable().default(null),
  /** Further properties by the name that the policy knows them under. */
  attributes: mappedAttributes(property).default({}),
  /** Several are joined by a space. Default by subject: first and last name, or a company's name. */
  name: z
    .union([property.transform((one) => [one]), z.array(property).min(1).max(4)])
    .nullable()
    .optional(),
  /** Default by subject: `email` of a contact, none of a company. */
  email: property.nullable().optional(),
  deal: z
    .strictObject({
      reference: mapped('invoice_number'),
      dueOn: mapped('due_date'),
      paidOn: mapped('paid_date'),
      discount: mapped('discount_amount'),
      products: mapped('products'),
    })
    .prefault({}),
});

/** Of webhooks, which an app's own settings at HubSpot switch on (BEHAVIOR 32). */
const webhooks = z.strictObject({
  /** The app's client secret, by which deliveries are signed. Default: that of `auth: { kind: oauth }`. */
  clientSecretEnv: variableName.optional(),
  /** The app by which Assay writes: what it writes to customers is no news to us. */
  appId: z
    .union([z.string().regex(/^\d+$/, 'must be digits'), z.number().int().min(0).transform(String)])
    .optional(),
  /** Whether the older signature counts too, which covers neither address nor time. */
  v1: z.boolean().default(false),
});

export const publicBaseUrl = 'https://api.hubapi.com';

const share = z.number().gt(0, 'must be above 0').max(1, 'must be at most 1');
const milliseconds = z.number().int().min(0);

const schema = z
  .strictObject({
    /** Shorthand for `auth: { kind: token, tokenEnv: … }`. */
    token: variableName.optional(),
    auth: auth.optional(),
    apiVersion: z
      .string()
      .regex(/^20\d\d-(03|09)$/, 'must be a dated version, for example 2026-03')
      .default('2026-03'),
    baseUrl: z
      .url({ protocol: /^https?$/, error: 'must be an address that begins with http' })
      .default(publicBaseUrl)
      .transform((url) => url.replace(/\/+$/, '')),
    /** Where people agree to an app. Default: HubSpot's own, or `baseUrl` where that is another. */
    appUrl: z
      .url({ protocol: /^https?$/, error: 'must be an address that begins with http' })
      .transform((url) => url.replace(/\/+$/, ''))
      .optional(),
    plan: z.enum(plans).default('auto'),
    rateShare: share.default(0.8),
    dailyShare: share.default(0.5),
    fields: fields.prefault({}),
    fieldPrefix: z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,29}$/, 'must be lower-case letters, digits and underscores')
      .default('assay_'),
    lists: z.enum(['static', 'dynamic']).default('static'),
    settleMs: milliseconds.max(3_600_000).default(60_000),
    lookbackMs: milliseconds.max(86_400_000).default(600_000),
    reconcileDays: z.number().gt(0).max(90, 'archived records are kept for 90 days').default(7),
    membershipChunk: z.number().int().min(1).max(100_000).default(10_000),
    cursors: z.number().int().min(1).max(32).default(8),
    timeoutMs: z.number().int().min(100).default(60_000),
    webhooks: webhooks.optional(),
    /** In place of the account's company currency. */
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code, for example EUR')
      .optional(),
  })
  .check((context) => {
    const { token, auth: given } = context.value;
    if ((token === undefined) === (given === undefined))
      context.issues.push({
        code: 'custom',
        input: context.value,
        path: ['auth'],
        message: 'give either `token` (an environment variable’s name) or `auth`',
      });
    if (isUnsigned(context.value))
      context.issues.push({
        code: 'custom',
        input: context.value,
        path: ['webhooks', 'clientSecretEnv'],
        message: 'must name the environment variable of the app’s client secret',
      });
    if (namesLength(context.value.fields) > 2_000)
      context.issues.push({
        code: 'custom',
        input: context.value.fields,
        path: ['fields'],
        message: 'the properties’ names are too long together for one address (2,000 characters)',
      });
  });

type Parsed = z.output<typeof schema>;
/** A connection's settings with every default filled in. */
export type HubSpotSettings = Omit<Parsed, 'auth' | 'token'> & { readonly auth: AuthSettings };
export type MappedFields = HubSpotSettings['fields'];

/** @throws AssayError `SETTINGS_INVALID` (refuse to start), every problem at once. */
export function parseHubSpotSettings(settings: unknown): HubSpotSettings {
  const { token, auth: given, ...rest } = parseSettings<Parsed>(schema, settings, 'hubspot');
  return { ...rest, auth: given ?? { kind: 'token', tokenEnv: token ?? '' } };
}

/** The variable of the secret that signs webhooks; `null` where none are taken. */
export function webhookSecretName({
  auth: chosen,
  webhooks: asked,
}: HubSpotSettings): string | null {
  if (asked === undefined) return null;
  if (asked.clientSecretEnv !== undefined) return asked.clientSecretEnv;
  return chosen.kind === 'oauth' ? chosen.clientSecretEnv : null;
}

/** Names of the environment variables the settings point to. */
export function secretNames({ auth: chosen }: HubSpotSettings): readonly string[] {
  if (chosen.kind === 'token') return [chosen.tokenEnv];
  const { clientIdEnv, clientSecretEnv, refreshTokenEnv } = chosen;
  return [
    clientIdEnv,
    clientSecretEnv,
    ...(refreshTokenEnv === undefined ? [] : [refreshTokenEnv]),
  ];
}

function namesLength(chosen: z.output<typeof fields>): number {
  const { deal: _deal, name, attributes: more, ...single } = chosen;
  return [...Object.values(single), ...Object.values(more), ...(name ?? [])].join('').length;
}

function isUnsigned({ webhooks: asked, auth: given }: Pick<Parsed, 'webhooks' | 'auth'>): boolean {
  return asked !== undefined && asked.clientSecretEnv === undefined && given?.kind !== 'oauth';
}
