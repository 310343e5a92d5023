import { Secret } from '../lib/secret.ts';
import type { TraceConfig } from './config.ts';
import type { Environment } from './environment.ts';

/** As https://opentelemetry.io/docs/specs/otel/protocol/exporter/ has it: the traces' own come first. */
export function tracesOf(environment: Environment): TraceConfig | null {
  const url = addressOf(environment);
  if (url === null) return null;
  const written =
    environment.OTEL_EXPORTER_OTLP_TRACES_HEADERS ?? environment.OTEL_EXPORTER_OTLP_HEADERS ?? '';
  return {
    url,
    headers: new Map(headersIn(written)),
    serviceName: environment.OTEL_SERVICE_NAME ?? 'assay',
  };
}

/** The traces' own is taken as it is; the one for all gets the path. */
function addressOf(environment: Environment): string | null {
  const own = environment.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT;
  if (own !== undefined) return own;
  const base = environment.OTEL_EXPORTER_OTLP_ENDPOINT;
  return base === undefined ? null : `${base.replace(/\/+$/, '')}/v1/traces`;
}

/** `key=value,key=value`, values percent-encoded. */
function headersIn(written: string): readonly (readonly [string, Secret])[] {
  return written.split(',').flatMap((pair) => {
    const at = pair.indexOf('=');
    const name = pair.slice(0, at).trim();
    return at < 1 || name === '' ? [] : [[name, new Secret(decoded(pair.slice(at + 1).trim()))]];
  });
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
