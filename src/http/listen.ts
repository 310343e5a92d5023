import { createServer } from 'node:http';
import type { Express } from 'express';

export type Listening = {
  /** `http://host:port`, without a slash at the end. */
  readonly url: string;
  /** Takes no new request, finishes those under way for at most `graceMs` (default 5 s). */
  readonly close: (graceMs?: number) => Promise<void>;
};

/**
 * Serves until closed. Whoever sends slowly, or never ends, is cut off.
 * @throws what the system says, for example `EADDRINUSE`.
 */
export async function listen(
  app: Express,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<Listening> {
  const server = createServer(
    // Longer than a load balancer keeps its own side open, so that none sends into a closed one.
    { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 65_000 },
    app,
  );
  const bound = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
  const name = host.includes(':') ? `[${host}]` : host;
  return { url: `http://${name}:${bound}`, close: (graceMs = 5_000) => end(server, graceMs) };
}

async function end(server: ReturnType<typeof createServer>, graceMs: number): Promise<void> {
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
  clearTimeout(cut);
}
