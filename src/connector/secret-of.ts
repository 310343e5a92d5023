import { AssayError } from '../domain/assay-error.ts';
import type { Secret } from '../lib/secret.ts';

/**
 * The secret behind a name in the settings.
 * @throws AssayError `SECRET_MISSING` (refuse to start).
 */
export function secretOf(secrets: ReadonlyMap<string, Secret>, name: string): Secret {
  const secret = secrets.get(name);
  if (secret !== undefined) return secret;
  throw new AssayError(
    'SECRET_MISSING',
    'refuse-to-start',
    `An environment variable is not set: ${name}`,
    'Set it in the environment or in a .env file; config/assay.yaml holds only its name.',
  );
}
