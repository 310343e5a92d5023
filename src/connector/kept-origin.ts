import { createHash } from 'node:crypto';
import { AssayError } from '../domain/assay-error.ts';
import type { ConnectionId } from '../domain/ids.ts';
import type { Secret } from '../lib/secret.ts';

/** Of what a kept token was made, as hashes. */
export type KeptOrigin = {
  /** The app. Absent in what was kept before apps were told apart. */
  readonly client?: string | undefined;
  /** The refresh token that the operator gave at that time; `null` when none. */
  readonly origin: string | null;
};

/** What the environment says now. */
export function originOf(clientId: Secret, given: Secret | null): KeptOrigin {
  return { client: hashOf(clientId), origin: given === null ? null : hashOf(given) };
}

/**
 * Whether what is kept is still meant: by the same app, and the operator gave no other refresh token
 * since. So the newest word counts, whether it was given by `assay connect` or by the environment.
 */
export function isMeant(kept: KeptOrigin, now: KeptOrigin): boolean {
  const isSameApp = kept.client === undefined || kept.client === now.client;
  return isSameApp && (now.origin === null || now.origin === kept.origin);
}

/** Neither the environment nor the store has a refresh token. */
export function notConnected(connection: ConnectionId): AssayError {
  return new AssayError(
    'NOT_CONNECTED',
    'pause-connection',
    `Connection "${connection}" has no refresh token: nobody agreed to it yet, or ASSAY_SECRET_KEY is not the key that sealed it`,
    `If the key was changed, give the one before as ASSAY_SECRET_KEY_OLD; else run \`assay connect ${connection}\`, which asks a person for consent in the browser.`,
  );
}

/** The consent did not come about. */
export function consentRefused(message: string, todo: string, cause?: unknown): AssayError {
  const options = cause === undefined ? {} : { cause };
  return new AssayError('CONSENT_REFUSED', 'refuse-to-start', message, todo, options);
}

function hashOf(secret: Secret): string {
  return createHash('sha256').update(secret.reveal()).digest('hex');
}
