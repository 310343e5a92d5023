import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Binds a free port of 127.0.0.1; its address. */
export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new RangeError('No port was bound');
  return `http://127.0.0.1:${address.port}`;
}

/** Ends every connection too. */
export async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
