import { z } from 'zod';
import { alertKinds } from '../domain/alert.ts';
import { AssayError } from '../domain/assay-error.ts';
import { Secret } from '../lib/secret.ts';
import type { AlertConfig } from './config.ts';
import type { Variables } from './environment.ts';

/** `alerts:` of the file; who writes none and sets `ASSAY_ALERT_URL` gets all kinds. */
export const alertsSchema = z.strictObject({
  /** Name of an environment variable. */
  url: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of an environment variable, no address')
    .default('ASSAY_ALERT_URL'),
  kinds: z
    .array(z.enum(alertKinds))
    .min(1, 'name at least one kind')
    .default([...alertKinds]),
  runbook: z.url('must be an address').default('docs/runbook.md'),
});

/**
 * Where alerts go.
 * @throws AssayError `SECRET_MISSING`, `ENVIRONMENT_INVALID` (refuse to start) when the file asks for
 * alerts and names a variable that holds no address.
 */
export function alertsOf(
  written: z.output<typeof alertsSchema> | undefined,
  variables: Variables,
): AlertConfig | null {
  const { url: name, kinds, runbook } = written ?? alertsSchema.parse({});
  const value = variables[name]?.trim() ?? '';
  if (value === '' && written === undefined) return null;
  if (value === '') throw addressMissing(name);
  if (!/^https?:\/\//.test(value) || !URL.canParse(value)) throw noAddress(name);
  return { url: new Secret(value), kinds, runbook };
}

function addressMissing(name: string): AssayError {
  return new AssayError(
    'SECRET_MISSING',
    'refuse-to-start',
    `An environment variable is not set: ${name} (alerts)`,
    'Set it to the address of the webhook that alerts go to, or take `alerts:` out of config/assay.yaml.',
  );
}

function noAddress(name: string): AssayError {
  return new AssayError(
    'ENVIRONMENT_INVALID',
    'refuse-to-start',
    `Environment: ${name} must be the address of a webhook`,
    'Set it to an address that begins with https://, as Slack gives one for an incoming webhook.',
  );
}
