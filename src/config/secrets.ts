import { AssayError } from '../domain/assay-error.ts';
import type { ConnectionId } from '../domain/ids.ts';
import { Secret } from '../lib/secret.ts';
import type { Variables } from './environment.ts';

/** Which secrets a connection's settings name. */
type SecretNeed = {
  readonly connection: ConnectionId;
  readonly names: readonly string[];
  /** Read where they are set. Default none. */
  readonly optional?: readonly string[];
};

/** Where secrets come from. */
export type SecretSource = {
  /**
   * The secrets by name, for all needs together.
   * @throws AssayError `SECRET_MISSING` (refuse to start), every missing one at once.
   */
  readonly read: (needs: readonly SecretNeed[]) => ReadonlyMap<string, Secret>;
};

/** Secrets from environment variables. A variable that is set to nothing is missing. */
export function secretsFrom(variables: Variables): SecretSource {
  return { read: (needs) => readSecrets(variables, needs) };
}

function readSecrets(
  variables: Variables,
  needs: readonly SecretNeed[],
): ReadonlyMap<string, Secret> {
  const found = new Map<string, Secret>();
  const missing: string[] = [];
  for (const { connection, names, optional = [] } of needs)
    for (const name of [...names, ...optional]) {
      const value = variables[name]?.trim() ?? '';
      if (value !== '') found.set(name, new Secret(value));
      else if (names.includes(name)) missing.push(`${name} (connection ${connection})`);
    }
  if (missing.length > 0) throw secretMissing(missing);
  return found;
}

function secretMissing(missing: readonly string[]): AssayError {
  const several = missing.length > 1;
  return new AssayError(
    'SECRET_MISSING',
    'refuse-to-start',
    `${several ? 'Environment variables are' : 'An environment variable is'} not set: ${missing.join(', ')}`,
    'Set it in the environment or in a .env file beside where you start assay; config/assay.yaml holds only its name.',
  );
}
