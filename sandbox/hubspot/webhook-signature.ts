import { createHash, createHmac } from 'node:crypto';

// The only escapes HubSpot decodes before it signs (README 27); the `?` of the query stays as it is.
const decoded: Readonly<Record<string, string>> = {
  '%3A': ':',
  '%2F': '/',
  '%3F': '?',
  '%40': '@',
  '%21': '!',
  '%24': '$',
  '%27': "'",
  '%28': '(',
  '%29': ')',
  '%2A': '*',
  '%2C': ',',
  '%3B': ';',
};

/** The address as HubSpot signs it. */
function signedUri(uri: string): string {
  return uri.replace(/%[0-9A-F]{2}/gi, (encoded) => decoded[encoded.toUpperCase()] ?? encoded);
}

/** v1: hex SHA-256 of client secret and body (README 27). */
export function signatureV1(clientSecret: string, body: string): string {
  return createHash('sha256')
    .update(clientSecret + body, 'utf8')
    .digest('hex');
}

/** v3: base64 HMAC-SHA256, keyed with the client secret, of method, address, body and time. */
export function signatureV3(
  clientSecret: string,
  uri: string,
  body: string,
  timestamp: number,
): string {
  const signed = `POST${signedUri(uri)}${body}${timestamp}`;
  return createHmac('sha256', clientSecret).update(signed, 'utf8').digest('base64');
}

/** The headers of one delivery (README 27). */
export function signatureHeaders(
  clientSecret: string,
  uri: string,
  body: string,
  timestamp: number,
): Readonly<Record<string, string>> {
  return {
    'X-HubSpot-Signature': signatureV1(clientSecret, body),
    'X-HubSpot-Signature-Version': 'v1',
    'X-HubSpot-Signature-v3': signatureV3(clientSecret, uri, body, timestamp),
    'X-HubSpot-Request-Timestamp': String(timestamp),
  };
}
