import type { ConnectionId } from '../domain/ids.ts';
import type { ReceiptTally, WorkEvent } from '../domain/work-event.ts';
import { assertNever } from '../lib/assert-never.ts';
import type { Clock } from '../lib/clock.ts';
import type { Meters } from './meters.ts';
import type { QuotaSeen } from './quota-seen.ts';

export type WorkCount = {
  readonly meters: Meters;
  readonly label: (connection: ConnectionId) => string;
  readonly crmOf: (connection: ConnectionId) => string;
  readonly quota: Map<ConnectionId, QuotaSeen>;
  readonly clock: Clock;
};

type Of<K extends WorkEvent['kind']> = Extract<WorkEvent, { kind: K }>;

/** Counts what happened while a connection was worked on. */
export function countWork(work: WorkCount, event: WorkEvent): void {
  const { meters, label, crmOf, quota, clock } = work;
  const { count, observe } = meters;
  switch (event.kind) {
    case 'call':
      countCall(meters, event);
      return;
    case 'quota': {
      const { connection, unit, used, budget } = event;
      quota.set(connection, { unit, used, budget, at: clock.now() });
      return;
    }
    case 'run':
      countRun(work, event);
      return;
    case 'rescoring':
      countRescoring(work, event);
      return;
    case 'receipts':
      countReceipts(work, event.connection, 'fields', event.fields);
      countReceipts(work, event.connection, 'lists', event.lists);
      return;
    case 'hints-done': {
      const crm = crmOf(event.connection);
      for (const ms of event.lagsMs) observe('assay_webhook_lag_seconds', { crm }, ms / 1_000);
      return;
    }
    case 'lease-lost':
      count('assay_lease_losses_total', { connection: label(event.connection) });
      return;
    case 'paused': {
      const { connection, cause } = event;
      count('assay_pauses_total', { connection: label(connection), code: cause.code });
      return;
    }
    case 'dead':
      count('assay_given_up_total', { code: event.cause.code });
      return;
    case 'channel-lapsed':
    case 'held':
    case 'tiers-fell':
    case 'review-due':
      return;
    default:
      assertNever(event);
  }
}

function countCall({ count, observe }: Meters, { crm, endpoint, status, ms }: Of<'call'>): void {
  count('assay_calls_total', { crm, endpoint, status: String(status ?? 'none') });
  observe('assay_call_duration_seconds', { crm, endpoint }, ms / 1_000);
}

function countRun({ meters, label }: WorkCount, event: Of<'run'>): void {
  const { connection, crm, outcome, ms } = event;
  meters.count('assay_runs_total', { connection: label(connection), outcome });
  meters.observe('assay_run_duration_seconds', { crm, outcome }, ms / 1_000);
}

function countRescoring({ meters, label }: WorkCount, event: Of<'rescoring'>): void {
  const { connection, crm, customers, ms } = event;
  const of = { connection: label(connection) };
  meters.count('assay_rescorings_total', of);
  meters.count('assay_rescored_customers_total', of, customers);
  meters.observe('assay_rescoring_duration_seconds', { crm }, ms / 1_000);
}

function countReceipts(
  { meters, label }: WorkCount,
  connection: ConnectionId,
  of: 'fields' | 'lists',
  tally: ReceiptTally,
): void {
  for (const [outcome, by] of Object.entries(tally))
    if (by > 0)
      meters.count('assay_receipts_total', { connection: label(connection), of, outcome }, by);
}
