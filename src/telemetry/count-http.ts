import type { ConnectionId } from '../domain/ids.ts';
import type { HttpEvent } from '../http/http-input.ts';
import { assertNever } from '../lib/assert-never.ts';
import type { Meters } from './meters.ts';

/** Counts requests and deliveries of webhooks. */
export function countHttp(
  { count, observe }: Meters,
  label: (connection: ConnectionId) => string,
  event: HttpEvent,
): void {
  switch (event.kind) {
    case 'request': {
      const { method, route, status, ms } = event;
      count('assay_http_requests_total', { method, route, status: String(status) });
      observe('assay_http_request_duration_seconds', { route }, ms / 1_000);
      return;
    }
    case 'webhook': {
      const { hints, dropped, foreign } = event;
      const connection = label(event.connection);
      count('assay_webhooks_total', { connection, verdict: 'accepted' });
      for (const [what, by] of Object.entries({ kept: hints - foreign, dropped, foreign }))
        count('assay_webhook_hints_total', { connection, what }, by);
      return;
    }
    case 'refused': {
      const connection = event.connection === null ? 'none' : label(event.connection);
      count('assay_webhooks_total', { connection, verdict: event.code });
      return;
    }
    default:
      assertNever(event);
  }
}
