import { createHash, createHmac } from 'node:crypto';
import type { WebhookRequest } from '../../src/connector/webhooks.ts';
import { isSameSecret } from '../../src/lib/same-secret.ts';
import type { Secret } from '../../src/lib/secret.ts';

/** Older deliveries are refused (facts §7.3); clocks may differ by so much. */
const maxAgeMs = 5 * 60_000;
const maxAheadMs = 60_000;

export type SignatureCheck = 'good' | 'wrong' | 'missing' | 'old' | 'from the future';

/** Signature v3, over method, address, body and time (facts §7.3). `now`: epoch ms. */
export function checkV3(
  { method, url, headers, body }: WebhookRequest,
  secret: Secret,
  now: number,
): SignatureCheck {
  const given = headers['x-hubspot-signature-v3'];
  const time = headers['x-hubspot-request-timestamp'];
  if (given === undefined || time === undefined) return 'missing';
  if (!/^\d{1,15}$/.test(time)) return 'wrong';
  const expected = createHmac('sha256', secret.reveal())
    .update(`${method.toUpperCase()}${signedAddress(url)}`, 'utf8')
    .update(body)
    .update(time, 'utf8')
    .digest('base64');
  if (!isSameSecret(given, expected)) return 'wrong';
  if (now - Number(time) > maxAgeMs) return 'old';
  return Number(time) - now > maxAheadMs ? 'from the future' : 'good';
}

/** Signature v1, over the body alone: neither address nor time (facts §7.3). */
export function checkV1({ headers, body }: WebhookRequest, secret: Secret): SignatureCheck {
  const given = headers['x-hubspot-signature'];
  if (given === undefined) return 'missing';
  if ((headers['x-hubspot-signature-version'] ?? 'v1') !== 'v1') return 'wrong';
  const expected = createHash('sha256').update(secret.reveal(), 'utf8').update(body).digest('hex');
  return isSameSecret(given.toLowerCase(), expected) ? 'good' : 'wrong';
}

const decoded: Readonly<Record<string, string>> = {
  ...{ '%3A': ':', '%2F': '/', '%3F': '?', '%40': '@', '%21': '!', '%24': '$' },
  ...{ '%27': "'", '%28': '(', '%29': ')', '%2A': '*', '%2C': ',', '%3B': ';' },
};

/** The address as HubSpot signs it: these escapes are decoded and no others (facts §7.3). */
export function signedAddress(url: string): string {
  return url.replace(/%[0-9A-F]{2}/gi, (written) => decoded[written.toUpperCase()] ?? written);
}
