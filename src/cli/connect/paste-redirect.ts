import { createInterface } from 'node:readline';
import { consentRefused } from '../../connector/kept-origin.ts';
import { type Redirect, readRedirect } from './redirect.ts';

type Agreed = Extract<Redirect, { status: 'agreed' }>;

/**
 * Reads the address that a browser on another machine was sent to, and could not open there.
 * @throws AssayError `CONSENT_REFUSED` (refuse to start).
 */
export async function pasteRedirect(state: string, signal: AbortSignal): Promise<Agreed> {
  const line = await readLine(signal);
  const address = URL.parse(line.trim());
  if (address === null)
    throw consentRefused(
      'That is no address',
      'Paste the whole address that the browser shows after you agreed; it begins with http://localhost.',
    );
  const redirect = readRedirect(address, state);
  if (redirect.status === 'denied') throw redirect.error;
  if (redirect.status === 'agreed') return redirect;
  throw consentRefused(
    'That address does not answer this request: its `state` is another',
    'Open the page that was printed last, agree there, and paste the address it leads to.',
  );
}

async function readLine(signal: AbortSignal): Promise<string> {
  const lines = createInterface({ input: process.stdin, signal });
  try {
    for await (const line of lines) if (line.trim() !== '') return line;
  } finally {
    lines.close();
    process.stdin.pause();
  }
  signal.throwIfAborted();
  throw consentRefused('No address was pasted', 'Connect again, and paste it when you are asked.');
}
