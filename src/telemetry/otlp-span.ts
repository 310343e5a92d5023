import { randomBytes } from 'node:crypto';
import type { EndedSpan, SpanFacts } from '../lib/tracer.ts';

/** Where a span belongs; ids as OpenTelemetry has them, in hex. */
export type SpanPlace = {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | null;
};

/** A place below `parent`, or of a trace of its own. */
export function placeBelow(parent: SpanPlace | null): SpanPlace {
  return {
    traceId: parent?.traceId ?? randomBytes(16).toString('hex'),
    spanId: randomBytes(8).toString('hex'),
    parentSpanId: parent?.spanId ?? null,
  };
}

type OtlpValue =
  | { readonly stringValue: string }
  | { readonly boolValue: boolean }
  | { readonly intValue: string }
  | { readonly doubleValue: number };

/** A span as OTLP's JSON encoding has it: 64-bit numbers as text, ids in hex. */
export type OtlpSpan = ReturnType<typeof otlpSpan>;

const kinds = { internal: 1, client: 3 } as const;
const statusError = 2;

export function otlpSpan(
  place: SpanPlace,
  span: EndedSpan & { readonly kind: keyof typeof kinds },
) {
  const { name, facts, startedAt, ms, isError } = span;
  const { traceId, spanId, parentSpanId } = place;
  return {
    ...{ traceId, spanId, name, kind: kinds[span.kind] },
    ...(parentSpanId !== null && { parentSpanId }),
    startTimeUnixNano: nanos(startedAt),
    endTimeUnixNano: nanos(startedAt + ms),
    attributes: attributesOf(facts),
    status: isError ? { code: statusError } : {},
  };
}

/** Facts that are `null` are left out. */
export function attributesOf(facts: SpanFacts) {
  return Object.entries(facts).flatMap(([key, value]) =>
    value === null ? [] : [{ key, value: otlpValue(value) }],
  );
}

function otlpValue(value: string | number | boolean): OtlpValue {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}

function nanos(ms: number): string {
  return String(BigInt(Math.round(ms * 1_000)) * 1_000n);
}
