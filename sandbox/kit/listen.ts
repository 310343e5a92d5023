import type { RequestListener } from 'node:http';
import { createServer } from 'node:http';

export interface Listening {
  /** `http://127.0.0.1:port`, without a slash at the end. */
  readonly url: string;
  /** Ends every connection and frees the port. */
  close(): Promise<void>;
}

/** Serves on loopback only: a sandbox holds no secrets, and nobody else's machine needs it. */
export async function listenOnLoopback(
  listener: RequestListener,
  port: number,
): Promise<Listening> {
  const server = createServer(listener);
  // A connector keeps connections open between its calls; resetting them would look like a fault.
  server.keepAliveTimeout = 60_000;
  const bound = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('No port was bound.'));
      else resolve(address.port);
    });
  });
  return {
    url: `http://127.0.0.1:${bound}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}
