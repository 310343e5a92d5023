import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Secret } from '../lib/secret.ts';
import type { Tracer } from '../lib/tracer.ts';
import { attributesOf, type OtlpSpan, otlpSpan, placeBelow, type SpanPlace } from './otlp-span.ts';

/** Sent when so many wait, or after so long. */
const batch = 512;
const everyMs = 5_000;
/** More are dropped and counted: a collector that is away must not fill the memory. */
const mostWaiting = 4_096;
const timeoutMs = 5_000;

export type OtlpSettings = {
  /** Where traces go, with its path: `http://localhost:4318/v1/traces`. */
  readonly url: string;
  readonly headers: ReadonlyMap<string, Secret>;
  readonly serviceName: string;
};

export type OtlpSource = {
  readonly settings: OtlpSettings;
  readonly clock: Clock;
  readonly log: Logger;
};

export type OtlpTracer = Tracer & {
  /** Sends what waits, in one attempt. */
  readonly close: () => Promise<void>;
};

/** Spans as OTLP/HTTP JSON, in batches, beside the work: nobody ever waits for the collector. */
export function openOtlpTracer({ settings, clock, log }: OtlpSource): OtlpTracer {
  const places = new AsyncLocalStorage<SpanPlace>();
  const sender = newSender(settings, log);
  return {
    span: async (name, facts, work) => {
      const place = placeBelow(places.getStore() ?? null);
      const [startedAt, since] = [clock.now(), performance.now()];
      let isError = true;
      try {
        const made = await places.run(place, work);
        isError = false;
        return made;
      } finally {
        const ms = performance.now() - since;
        sender.add(otlpSpan(place, { kind: 'internal', name, facts, startedAt, ms, isError }));
      }
    },
    ended: (span) => {
      const place = placeBelow(places.getStore() ?? null);
      sender.add(otlpSpan(place, { kind: 'client', ...span }));
    },
    close: sender.close,
  };
}

function newSender(settings: OtlpSettings, log: Logger) {
  let waiting: OtlpSpan[] = [];
  let dropped = 0;
  let sending: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;
  const flush = (): Promise<void> => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const [spans, lost] = [waiting, dropped];
    [waiting, dropped] = [[], 0];
    if (spans.length > 0) sending = sending.then(() => send(settings, spans, lost, log));
    return sending;
  };
  return {
    add: (span: OtlpSpan): void => {
      if (waiting.length >= mostWaiting) dropped += 1;
      else waiting.push(span);
      if (waiting.length >= batch) void flush();
      else timer ??= setTimeout(flush, everyMs).unref();
    },
    close: flush,
  };
}

/** Traces that cannot be sent are lost; that they are is told once a batch. */
async function send(
  { url, headers, serviceName }: OtlpSettings,
  spans: readonly OtlpSpan[],
  dropped: number,
  log: Logger,
): Promise<void> {
  const lost = { spans: spans.length, dropped };
  const resource = { attributes: attributesOf({ 'service.name': serviceName }) };
  const body = { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'assay' }, spans }] }] };
  const own = [...headers].map(([name, value]): [string, string] => [name, value.reveal()]);
  try {
    const answer = await fetch(url, {
      ...{ method: 'POST', body: JSON.stringify(body), redirect: 'error' },
      headers: [['content-type', 'application/json'], ...own],
      signal: AbortSignal.timeout(timeoutMs),
    });
    await answer.body?.cancel();
    if (!answer.ok) log.warn({ status: answer.status, ...lost }, 'traces.refused');
  } catch (error) {
    const name = error instanceof Error ? error.name : typeof error;
    log.warn({ error: name, ...lost }, 'traces.failed');
  }
}
