import type { Alert } from '../domain/alert.ts';
import type { Cause, TierFall, WorkEvent } from '../domain/work-event.ts';
import { assertNever } from '../lib/assert-never.ts';

/** Of our share of a quota, from which on somebody is told. */
export const nearQuota = 0.9;

/** What is to be told of an event; `null`: nothing. */
export function alertOf(event: WorkEvent): Alert | null {
  switch (event.kind) {
    case 'run':
      return ofRun(event);
    case 'paused':
      return paused(event.connection, event.cause);
    case 'quota':
      return ofQuota(event);
    case 'channel-lapsed': {
      const { connection, channels, since } = event;
      const happened = `${channels} subscriptions to webhooks have lapsed, the first at ${since}.`;
      return { kind: 'channel-lapsed', connection, happened, todo: null };
    }
    case 'dead': {
      const { connection, cause } = event;
      const happened = `A message of the work queue was given up: ${cause.code}.`;
      return { kind: 'dead-letters', connection, happened, todo: cause.todo };
    }
    case 'held':
      return ofHeld(event);
    case 'tiers-fell': {
      const { connection, falls } = event;
      return { kind: 'named-tiers-fell', connection, happened: fallsText(falls), todo: null };
    }
    case 'review-due': {
      const { connection, on } = event;
      const happened = `The review of the standard is due since ${on}.`;
      return { kind: 'review-due', connection, happened, todo: null };
    }
    case 'call':
    case 'rescoring':
    case 'receipts':
    case 'hints-done':
    case 'lease-lost':
      return null;
    default:
      return assertNever(event);
  }
}

function ofRun({
  connection,
  outcome,
  stopped,
}: Extract<WorkEvent, { kind: 'run' }>): Alert | null {
  if (stopped === null) return null;
  if (outcome === 'paused') return paused(connection, stopped);
  if (outcome !== 'failed') return null;
  const happened = `A run failed: ${stopped.code}.`;
  return { kind: 'run-failed', connection, happened, todo: stopped.todo };
}

function ofHeld({ connection, by, planId }: Extract<WorkEvent, { kind: 'held' }>): Alert {
  const names = by.join(', ');
  const happened =
    planId === null
      ? `What the CRM listed is not believed: ${names}. Nothing was taken from the store, nothing written.`
      : `Plan ${planId} waits for a person's word: ${names}. Nothing of it is written until then.`;
  return { kind: 'plan-held', connection, happened, todo: null };
}

function paused(connection: string, { code, todo }: Cause): Alert {
  const happened = `The connection is paused: ${code}. Nothing goes on by itself.`;
  return { kind: 'connection-paused', connection, happened, todo };
}

function ofQuota({
  connection,
  unit,
  used,
  budget,
}: Extract<WorkEvent, { kind: 'quota' }>): Alert | null {
  if (budget === null || used < budget * nearQuota) return null;
  const happened = `${used} of our ${budget} ${unit} are used.`;
  return { kind: 'quota-near', connection, happened, todo: null };
}

function fallsText(falls: readonly TierFall[]): string {
  const kinds = Map.groupBy(falls, ({ from, to }) => `${from} → ${to}`);
  const moves = [...kinds].map(([move, some]) => `${some.length} × ${move}`).join(', ');
  return `The tier of ${falls.length} customers whom the policy names fell: ${moves}.`;
}
