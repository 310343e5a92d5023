import { setTimeout } from 'node:timers/promises';
import { pino } from 'pino';
import type { Config, SqsConfig } from '../config/config.ts';
import { readEnvironment } from '../config/environment.ts';
import { loadConfig } from '../config/load.ts';
import { readVariables } from '../config/variables.ts';
import { AssayError } from '../domain/assay-error.ts';
import type { IntakeOptions } from '../intake.ts';
import { systemClock } from '../lib/clock.ts';
import { redacted } from '../lib/redact.ts';

/** What every function starts from: the function's own folder holds `config/`. */
export function openContainer(): IntakeOptions & { readonly sqs: SqsConfig } {
  const folder = process.cwd();
  const variables = readVariables(folder);
  const { LOG_LEVEL: level = 'info' } = readEnvironment(variables);
  const config = loadConfig({ folder, variables });
  return {
    config,
    sqs: sqsOf(config),
    clock: systemClock,
    log: pino({ level, base: null, formatters: { log: redacted } }),
  };
}

/** A folder, and a queue of one process, would be gone with their Lambda. */
function sqsOf({ store, sqs = null }: Config): SqsConfig {
  if (store.kind === 'server' && sqs !== null) return sqs;
  throw new AssayError(
    'ENVIRONMENT_INVALID',
    'refuse-to-start',
    `Environment: a Lambda needs ${sqs === null ? 'ASSAY_SQS_QUEUE_URL and ASSAY_SQS_DEAD_LETTER_URL' : 'DATABASE_URL'}`,
    'Set it in the secret that serverless.yml names, or in serverless.yml itself.',
  );
}

/**
 * Opens once a container; an opening that failed is tried again by the next event. Timers that fell due
 * while the container was frozen run first: so a database connection that lay idle, and that its server
 * may have given up meanwhile, is thrown away and not used.
 */
export function oncePerContainer<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | null = null;
  return async () => {
    await setTimeout(1);
    const current = opened ?? open();
    opened = current;
    try {
      return await current;
    } catch (error) {
      if (opened === current) opened = null;
      throw error;
    }
  };
}
