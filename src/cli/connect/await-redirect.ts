import { createServer, type Server, type ServerResponse } from 'node:http';
import { AssayError } from '../../domain/assay-error.ts';
import { answerPage } from './callback-page.ts';
import { type Redirect, readRedirect } from './redirect.ts';

type Agreed = Extract<Redirect, { status: 'agreed' }>;

type Waiting = {
  readonly port: number;
  readonly state: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Called when the port is ours. */
  readonly ready: () => void;
};

/**
 * Listens on 127.0.0.1 until the browser comes back with our state, once; what `use` makes of it is
 * also what the page says. Who comes without the state is sent away, and ends nothing.
 * @throws AssayError `CONSENT_REFUSED`, `CONSENT_TIMED_OUT`, `CALLBACK_PORT_TAKEN` (refuse to start).
 */
export async function awaitRedirect<T>(
  { port, state, timeoutMs, signal, ready }: Waiting,
  use: (redirect: Agreed) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  let isUsed = false;
  const server = createServer(async (request, response) => {
    const address = URL.parse(request.url ?? '', 'http://localhost');
    if (request.method !== 'GET' || address?.pathname !== '/callback')
      return answerPage(response, 404, 'There is nothing here.');
    const redirect = readRedirect(address, state);
    if (isUsed || redirect.status === 'stranger') return answerPage(response, 400, strangerText);
    isUsed = true;
    clearTimeout(timer);
    try {
      if (redirect.status === 'denied') throw redirect.error;
      const used = await use(redirect);
      afterwards(response, () => resolve(used));
      answerPage(response, 200, 'Connected. You can close this page and go back to Assay.');
    } catch (error) {
      afterwards(response, () => reject(error));
      answerPage(response, 400, `Not connected: ${said(error)}`);
    }
  });
  const timer = setTimeout(() => reject(timedOut(timeoutMs)), timeoutMs);
  const stop = () => reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  try {
    await listen(server, port);
    ready();
    return await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    server.close();
    server.closeAllConnections();
  }
}

/** When the page is sent, or its reader is gone. */
function afterwards(response: ServerResponse, act: () => void): void {
  if (response.destroyed) act();
  else response.once('close', act);
}

const strangerText =
  'Assay did not ask for this, or has its answer already: open the page that `assay connect` printed.';

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(portTaken(port, cause)));
    server.listen(port, '127.0.0.1', resolve);
  });
}

function said(error: unknown): string {
  return error instanceof AssayError ? error.message : 'see what Assay printed';
}

function timedOut(timeoutMs: number): AssayError {
  return new AssayError(
    'CONSENT_TIMED_OUT',
    'refuse-to-start',
    `Nobody agreed within ${Math.round(timeoutMs / 1_000)} s`,
    'Connect again; on a machine without a browser use --manual.',
  );
}

function portTaken(port: number, cause: unknown): AssayError {
  return new AssayError(
    'CALLBACK_PORT_TAKEN',
    'refuse-to-start',
    `Port ${port} of 127.0.0.1, where the browser is to come back, is not free.`,
    'End what listens there, or give --port one that the app is registered with; --manual needs none.',
    { cause },
  );
}
