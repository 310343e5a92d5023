import { resolve } from 'node:path';
import { AssayError } from '../domain/assay-error.ts';
import { Secret } from '../lib/secret.ts';
import { noteWritten } from '../lib/written-at.ts';
import { inOrder, type PlacedProblem, parseYamlLines, type YamlLines } from '../lib/yaml-lines.ts';
import { renderProblems, yamlProblems } from '../lib/yaml-problems.ts';
import { alertsOf } from './alerts-config.ts';
import type { Config, ConnectionConfig, SqsConfig, StoreConfig } from './config.ts';
import { type Environment, readEnvironment, type Variables } from './environment.ts';
import { identityProblems } from './identity-problems.ts';
import { overrideFieldProblems } from './overrides-schema.ts';
import { readText } from './read-text.ts';
import { badConnectionNames, configKeys, configSchema } from './schema.ts';
import { secretsFrom } from './secrets.ts';
import { shownPath } from './shown-path.ts';
import { tracesOf } from './traces-config.ts';

export type LoadOptions = {
  /** Relative paths start here. */
  readonly folder: string;
  readonly variables: Variables;
  /** Default `ASSAY_CONFIG`, then `config/assay.yaml`. */
  readonly configFile?: string | undefined;
  /** Default `ASSAY_POLICY`, then `policy:` of the file, then `config/policy.yaml`. */
  readonly policyFile?: string | undefined;
};

/**
 * Reads the environment and `config/assay.yaml`.
 * @throws AssayError `CONFIG_INVALID` with every problem's line, `CONFIG_MISSING`,
 * `ENVIRONMENT_INVALID`; all refuse to start.
 */
export function loadConfig(options: LoadOptions): Config {
  const { folder, variables } = options;
  const environment = readEnvironment(variables);
  const file = resolve(
    folder,
    options.configFile ?? environment.ASSAY_CONFIG ?? 'config/assay.yaml',
  );
  const shown = shownPath(file, folder);
  const written = parseConfig(readText(file, shown), shown);
  const policyFile =
    options.policyFile ?? environment.ASSAY_POLICY ?? written.policy ?? 'config/policy.yaml';
  return {
    store: storeOf(environment, written, folder),
    connections: connectionsOf(written),
    identity: written.identity,
    policyFile: resolve(folder, policyFile),
    sqs: sqsOf(environment),
    ...secretKeysOf(environment),
    secrets: secretsFrom(variables),
    review: written.review ?? null,
    alerts: alertsOf(written.alerts, variables),
    traces: tracesOf(environment),
    metricsToken: secretOrNull(environment.ASSAY_METRICS_TOKEN),
    publicUrl: environment.ASSAY_PUBLIC_URL ?? null,
    proxyHops: environment.ASSAY_PROXY_HOPS ?? 0,
    work: { ...written.webhooks, sliceMs: (environment.ASSAY_SLICE_SECONDS ?? 600) * 1_000 },
  };
}

type Written = ReturnType<typeof configSchema.parse>;

function parseConfig(text: string, shown: string): Written {
  const parsed = parseYamlLines(text);
  if (parsed.status === 'broken') throw configInvalid(shown, parsed.problems);
  const { yaml } = parsed;
  const names = badConnectionNames(yaml.value).map((name) => badName(name, yaml));
  const checked = configSchema.safeParse(yaml.value);
  const between = [...identityProblems(yaml.value), ...overrideFieldProblems(yaml.value)];
  if (checked.success && names.length + between.length === 0)
    return notePlaces(checked.data, yaml, shown);
  const issues = [...(checked.error?.issues ?? []), ...between];
  const others = yamlProblems(issues, yaml, configKeys);
  throw configInvalid(shown, inOrder([...names, ...others]));
}

/** Settings are checked by the connector, when it is opened. */
function notePlaces(written: Written, { placeOf }: YamlLines, file: string): Written {
  for (const [id, { settings }] of Object.entries(written.connections)) {
    const path = ['connections', id, 'settings'];
    noteWritten(settings, { file, placeOf: (rest, at) => placeOf([...path, ...rest], at) });
  }
  return written;
}

function badName(name: string, yaml: YamlLines): PlacedProblem {
  const path = ['connections', name];
  const message = `${path.join('.')}: a name is at most 40 lower-case letters, digits and dashes`;
  return { ...yaml.placeOf(path, 'key'), message };
}

function configInvalid(shown: string, problems: readonly PlacedProblem[]): AssayError {
  const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
  return new AssayError(
    'CONFIG_INVALID',
    'refuse-to-start',
    `${shown} has ${count}:\n${renderProblems(shown, problems)}`,
    `Correct ${problems.length === 1 ? 'this line' : 'these lines'} and start again; nothing was read or written.`,
  );
}

function storeOf(environment: Environment, written: Written, folder: string): StoreConfig {
  if (environment.DATABASE_URL !== undefined)
    return { kind: 'server', url: new Secret(environment.DATABASE_URL) };
  const named = environment.ASSAY_HOME ?? written.store?.folder ?? '.assay';
  return { kind: 'folder', folder: resolve(folder, named) };
}

function sqsOf(environment: Environment): SqsConfig | null {
  const { ASSAY_SQS_QUEUE_URL: queueUrl, ASSAY_SQS_DEAD_LETTER_URL: deadLetterUrl } = environment;
  if (queueUrl === undefined && deadLetterUrl === undefined) return null;
  if (queueUrl !== undefined && deadLetterUrl !== undefined) return { queueUrl, deadLetterUrl };
  throw new AssayError(
    'ENVIRONMENT_INVALID',
    'refuse-to-start',
    'Environment: of ASSAY_SQS_QUEUE_URL and ASSAY_SQS_DEAD_LETTER_URL only one is set',
    'Set both, or neither: what cannot be worked on has to go somewhere.',
  );
}

function secretKeysOf(environment: Environment): Pick<Config, 'secretKey' | 'secretKeyOld'> {
  const { ASSAY_SECRET_KEY: key, ASSAY_SECRET_KEY_OLD: old } = environment;
  if (key !== undefined || old === undefined)
    return { secretKey: secretOrNull(key), secretKeyOld: secretOrNull(old) };
  throw new AssayError(
    'ENVIRONMENT_INVALID',
    'refuse-to-start',
    'Environment: ASSAY_SECRET_KEY_OLD is set without ASSAY_SECRET_KEY',
    'Set ASSAY_SECRET_KEY to the new key, or to this one.',
  );
}

function connectionsOf(written: Written): readonly ConnectionConfig[] {
  return Object.entries(written.connections).map(([id, connection]) => ({ id, ...connection }));
}

function secretOrNull(value: string | undefined): Secret | null {
  return value === undefined ? null : new Secret(value);
}
