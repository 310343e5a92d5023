import { z } from 'zod';
import { AssayError } from '../domain/assay-error.ts';

/** The environment as Node gives it. */
export type Variables = Readonly<Record<string, string | undefined>>;

const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;

const text = z.string().min(1).optional();

const fifoQueue = z
  .url({ protocol: /^https?$/, error: 'must be the address of an SQS queue' })
  .endsWith('.fifo', 'must name a FIFO queue, which ends in .fifo')
  .optional();

const collector = z
  .url({ protocol: /^https?$/, error: 'must be the address of a collector, by OTLP over HTTP' })
  .optional();

/** A variable that is set to nothing counts as not set. */
const schema = z.object({
  ASSAY_CONFIG: text,
  ASSAY_POLICY: text,
  ASSAY_HOME: text,
  ASSAY_TOKEN: text,
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must begin with postgres:// or postgresql://' })
    .optional(),
  /** Its form is checked where it is used. */
  ASSAY_SECRET_KEY: text,
  ASSAY_SECRET_KEY_OLD: text,
  ASSAY_PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address that begins with https' })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  ASSAY_PROXY_HOPS: z.coerce
    .number({ error: 'must be a number of proxies' })
    .int('must be whole')
    .min(0, 'must not be negative')
    .max(10, 'must be at most 10')
    .optional(),
  ASSAY_SLICE_SECONDS: z.coerce
    .number({ error: 'must be a number of seconds' })
    .int('must be whole')
    .min(30, 'must be at least 30')
    .max(86_400, 'must be at most 86400')
    .optional(),
  ASSAY_METRICS_TOKEN: z.string().min(16, 'must be at least 16 characters long').optional(),
  ASSAY_ALERT_URL: z
    .url({ protocol: /^https?$/, error: 'must be the address of a webhook' })
    .optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: collector,
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: collector,
  OTEL_EXPORTER_OTLP_HEADERS: text,
  OTEL_EXPORTER_OTLP_TRACES_HEADERS: text,
  OTEL_SERVICE_NAME: text,
  ASSAY_SQS_QUEUE_URL: fifoQueue,
  ASSAY_SQS_DEAD_LETTER_URL: fifoQueue,
  LOG_LEVEL: z.enum(logLevels, { error: `must be one of ${logLevels.join(', ')}` }).optional(),
});

/** Assay's own variables; `.env.example` describes each. */
export type Environment = z.infer<typeof schema>;

/**
 * Reads Assay's own variables.
 * @throws AssayError `ENVIRONMENT_INVALID` (refuse to start), every problem at once, never a value.
 */
export function readEnvironment(variables: Variables): Environment {
  const set = Object.entries(variables).filter(([, value]) => value !== undefined && value !== '');
  const parsed = schema.safeParse(Object.fromEntries(set));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
  throw new AssayError(
    'ENVIRONMENT_INVALID',
    'refuse-to-start',
    `Environment: ${problems.join('; ')}`,
    'Correct these variables in the environment or in .env; .env.example describes each.',
  );
}
