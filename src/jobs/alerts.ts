import { setTimeout as delay } from 'node:timers/promises';
import type { Alert, AlertKind } from '../domain/alert.ts';
import type { Tell } from '../domain/work-event.ts';
import { backoffMs } from '../lib/backoff.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Secret } from '../lib/secret.ts';
import type { AlertStore } from '../store/alerts.ts';
import { type AlertMessage, alertMessage } from './alert-message.ts';
import { alertOf } from './alert-of.ts';

/** Of a kind and connection, at most one in so long. */
const everyMs = 3_600_000;
const timeoutMs = 5_000;
const tries = 3;
/** For what is on its way when the process ends. */
const graceMs = 8_000;
const backoff = { baseMs: 500, maxMs: 4_000, random: Math.random };

export type AlertSettings = {
  readonly url: Secret;
  readonly kinds: readonly AlertKind[];
  /** Where the runbook can be read. */
  readonly runbook: string;
};

export type AlertSource = {
  readonly settings: AlertSettings;
  readonly store: AlertStore;
  readonly clock: Clock;
  readonly log: Logger;
};

export type Alerts = {
  readonly tell: Tell;
  /** Waits for what is on its way, for at most eight seconds. */
  readonly close: () => Promise<void>;
};

/**
 * Tells somebody of what a person has to know, by a webhook. Nobody waits for it, and nothing that goes
 * wrong with it goes further than the log.
 */
export function openAlerts(source: AlertSource): Alerts {
  const { settings, clock, log } = source;
  const underway = new Set<Promise<void>>();
  const asked = new Map<string, number>();
  return {
    tell: (event) => {
      const alert = alertOf(event);
      if (alert === null || !settings.kinds.includes(alert.kind)) return;
      if (event.kind === 'quota' && !isNew(asked, alert, clock.now())) return;
      const { kind, connection } = alert;
      const one = send(source, alert)
        .catch((error: unknown) => {
          asked.delete(keyOf(alert));
          log.warn({ kind, connection, error: nameOf(error) }, 'alert.failed');
        })
        .finally(() => underway.delete(one));
      underway.add(one);
    },
    close: async () => {
      const grace = new AbortController();
      const late = delay(graceMs, undefined, { signal: grace.signal }).catch(() => undefined);
      await Promise.race([Promise.all(underway), late]);
      grace.abort();
    },
  };
}

/** Quota is told with every call: the store is not asked as often. */
function isNew(asked: Map<string, number>, alert: Alert, now: number): boolean {
  const key = keyOf(alert);
  const before = asked.get(key);
  if (before !== undefined && Math.abs(now - before) < everyMs) return false;
  asked.set(key, now);
  return true;
}

function keyOf({ kind, connection }: Alert): string {
  return `${kind} ${connection}`;
}

async function send({ settings, store, clock, log }: AlertSource, alert: Alert): Promise<void> {
  const { kind, connection } = alert;
  const key = { kind, connection: connection ?? '' };
  const now = new Date(clock.now()).toISOString();
  const claim = await store.claim(key, { now, everyMs });
  if (claim === null) return;
  try {
    await post(settings.url, alertMessage(alert, claim.withheld, settings.runbook), clock);
    log.info({ kind, connection, withheld: claim.withheld }, 'alert.sent');
  } catch (error) {
    await store.giveBack(key, claim.withheld);
    throw error;
  }
}

/** The address is a secret: no error of `fetch`, which may quote it, leaves this file but by its name. */
async function post(url: Secret, message: AlertMessage, clock: Clock): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    try {
      const answer = await fetch(url.reveal(), {
        ...{ method: 'POST', body: JSON.stringify(message), redirect: 'error' },
        headers: { 'content-type': 'application/json' },
        signal: AbortSignal.timeout(timeoutMs),
      });
      await answer.body?.cancel();
      if (answer.ok) return;
      throw new Refused(answer.status);
    } catch (error) {
      if (tried >= tries) throw error;
      await clock.sleep(backoffMs(tried, backoff));
    }
  }
}

class Refused extends Error {
  constructor(status: number) {
    super();
    this.name = `status ${status}`;
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
