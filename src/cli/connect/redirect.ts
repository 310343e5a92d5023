import { consentRefused } from '../../connector/kept-origin.ts';
import { isSameSecret } from '../../lib/same-secret.ts';
import { Secret } from '../../lib/secret.ts';

/** Where the browser is sent after a person agreed; apps must be registered with it. */
export const defaultPort = 8437;

/** `localhost`, for HubSpot takes http for no other name; the listener is on 127.0.0.1. */
export function redirectUriOf(port: number): string {
  return `http://localhost:${port}/callback`;
}

/** What came back with the browser. */
export type Redirect =
  /** It does not carry our state: nobody asked for it here. */
  | { readonly status: 'stranger' }
  | {
      readonly status: 'agreed';
      readonly code: Secret;
      readonly parameters: ReadonlyMap<string, string>;
    }
  | { readonly status: 'denied'; readonly error: Error };

/** Reads the address that the browser was sent to. `state` is compared in constant time. */
export function readRedirect(address: URL, state: string): Redirect {
  const parameters = new Map(address.searchParams);
  if (!isSameSecret(parameters.get('state') ?? '', state)) return { status: 'stranger' };
  const code = parameters.get('code') ?? '';
  if (code !== '') return { status: 'agreed', code: new Secret(code), parameters };
  const said = [parameters.get('error') ?? 'no code', parameters.get('error_description') ?? ''];
  return { status: 'denied', error: denied(printable(said.filter(Boolean).join(': '))) };
}

/** Of an address somebody else wrote: one line, no control signs. */
function printable(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 300);
}

function denied(said: string): Error {
  return consentRefused(
    `The consent page says ${said}`,
    'Connect again, and agree; if the page refuses by itself, look whether the app has these scopes and this redirect URI.',
  );
}
