import { AssayError } from '../../domain/assay-error.ts';

/** Why nothing can listen at an address, where the system says so; other errors pass unchanged. */
export function listenError(
  error: unknown,
  { host, port }: { host: string; port: number },
): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code !== 'EADDRINUSE' && code !== 'EACCES' && code !== 'EADDRNOTAVAIL') return error;
  const why = {
    EADDRINUSE: 'another process listens there',
    EACCES: 'this user may not',
    EADDRNOTAVAIL: 'this machine has no such address',
  }[code];
  const todo = {
    EADDRINUSE: 'Stop the other process, or name another place with --port or --host.',
    EACCES: 'Take a port from 1024 on with --port, and let a proxy listen at the other.',
    EADDRNOTAVAIL: 'Name one it has with --host; 0.0.0.0 is all of them.',
  }[code];
  return new AssayError(
    'ADDRESS_UNUSABLE',
    'refuse-to-start',
    `Cannot listen at ${host}:${port}: ${why}.`,
    todo,
    { cause: error },
  );
}
